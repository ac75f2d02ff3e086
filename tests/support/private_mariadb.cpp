#include "tests/support/private_mariadb.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/scripted_server.hpp"

namespace test_support {
namespace {

using namespace std::chrono_literals;

std::string new_directory() {
    std::string pattern = std::filesystem::temp_directory_path() / "warden-mariadb-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot make a directory for MariaDB");
    }
    return pattern;
}

/// Starts a program that dies with us, its output in a file.
pid_t spawn(const std::vector<std::string>& command, const std::string& log) {
    std::vector<char*> arguments;
    for (const auto& word : command) {
        arguments.push_back(const_cast<char*>(
            word.c_str()));  // NOLINT(cppcoreguidelines-pro-type-const-cast): execvp's signature
    }
    arguments.push_back(nullptr);
    const pid_t process = ::fork();
    if (process == -1) {
        throw std::runtime_error("cannot start " + command.front());
    }
    if (process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::execvp(arguments.front(), arguments.data());
        ::_exit(127);
    }
    return process;
}

std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

PrivateMariadb::PrivateMariadb() : PrivateMariadb(new_directory()) {
    install();
    start();
    wait_until_it_answers();
}

PrivateMariadb::PrivateMariadb(std::string directory)
    : directory_(std::move(directory)), port_(closed_port()) {}

void PrivateMariadb::install() {
    const pid_t installer = spawn({"mariadb-install-db", "--no-defaults", "--datadir=" + directory_ + "/data",
                                   "--tmpdir=" + directory_,  // servers that share one sweep it at each start
                                   "--auth-root-authentication-method=normal", "--skip-test-db",
                                   "--skip-name-resolve", "--innodb-log-file-size=4M"},
                                  directory_ + "/install.log");
    int status = 0;
    if (::waitpid(installer, &status, 0) != installer || status != 0) {
        throw std::runtime_error("mariadb-install-db failed: " + content(directory_ + "/install.log"));
    }
    std::ofstream(directory_ + "/init.sql")
        << "CREATE USER 'test'@'127.0.0.1' IDENTIFIED BY 'secret';\n"
           "GRANT ALL PRIVILEGES ON *.* TO 'test'@'127.0.0.1' WITH GRANT OPTION;\n";
}

void PrivateMariadb::start() {
    std::vector<std::string> command{"mariadbd",
                                     "--no-defaults",
                                     "--datadir=" + directory_ + "/data",
                                     "--tmpdir=" + directory_,
                                     "--socket=" + directory_ + "/socket",
                                     "--pid-file=" + directory_ + "/pid",
                                     "--port=" + std::to_string(port_),
                                     "--bind-address=127.0.0.1",
                                     "--skip-name-resolve",
                                     "--innodb-log-file-size=4M",
                                     "--innodb-flush-log-at-trx-commit=2",
                                     "--init-file=" + directory_ + "/init.sql"};
    if (::geteuid() == 0) {
        command.emplace_back("--user=root");
    }
    process_ = spawn(command, directory_ + "/server.log");
}

void PrivateMariadb::wait_until_it_answers() {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (true) {
        inventory::mariadb::Connection connection(server(), inventory::mariadb::Access::read_only);
        if (connection.query("SELECT 1")) {
            return;
        }
        const bool has_ended = ::waitpid(process_, nullptr, WNOHANG) != 0;
        if (has_ended) {
            process_ = no_process;
        }
        if (has_ended || std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("mariadbd does not answer: " + content(directory_ + "/server.log"));
        }
        std::this_thread::sleep_for(50ms);
    }
}

PrivateMariadb::~PrivateMariadb() {
    // kill(-1) would end every process of this user.
    if (process_ != no_process) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

inventory::mariadb::Server PrivateMariadb::server() const {
    return {.host = "127.0.0.1",
            .port = port_,
            .user = "test",
            .password = inventory::Secret{"secret"},
            .schema = "information_schema",
            .timeout = 5s};
}

}  // namespace test_support
