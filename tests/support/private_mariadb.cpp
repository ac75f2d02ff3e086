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

/// No test may rest on the server's own zone: it is not UTC, and has summer time.
constexpr auto time_zone = "CET-1CEST,M3.5.0,M10.5.0/3";

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
        ::setenv("TZ", time_zone, 1);
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

constexpr auto root_variable = "WARDEN_TEST_DATABASE";

/// Where an unpacked server (tools/setup_database) has its programs; empty for this machine's own MariaDB.
std::filesystem::path unpacked_usr() {
    const char* root = std::getenv(root_variable);
    return root == nullptr || *root == '\0' ? std::filesystem::path{} : std::filesystem::path{root} / "usr";
}

using Words = std::vector<std::string>;

Words joined(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// The commands of one kind of server. `init_sql` has one statement a line, as MySQL reads them.
struct Flavour {
    Words install;
    Words serve;
};

Flavour mysql(const std::filesystem::path& usr, const std::string& directory) {
    const Words common{usr / "sbin/mysqld",
                       "--no-defaults",
                       "--basedir=" + usr.string(),
                       "--datadir=" + directory + "/data",
                       "--tmpdir=" + directory,
                       "--secure-file-priv=NULL",
                       "--mysqlx=OFF",
                       "--skip-log-bin",
                       "--innodb-doublewrite=OFF",
                       "--innodb-redo-log-capacity=32M"};
    return {.install = joined(common, {"--initialize-insecure", "--innodb-flush-log-at-trx-commit=0"}),
            .serve = common};
}

Flavour mariadb(const std::filesystem::path& usr, const std::string& directory) {
    const auto program = [&usr](const std::string& folder, const std::string& name) {
        return usr.empty() ? name : (usr / folder / name).string();
    };
    Words common{"--no-defaults"};
    if (!usr.empty()) {
        common.push_back("--basedir=" + usr.string());
    }
    common = joined(common, {"--datadir=" + directory + "/data",
                             "--tmpdir=" + directory,  // servers that share one sweep it at each start
                             "--skip-name-resolve", "--innodb-log-file-size=4M"});
    return {.install = joined({program("bin", "mariadb-install-db")},
                              joined(common, {"--auth-root-authentication-method=normal", "--skip-test-db"})),
            .serve = joined({program("sbin", "mariadbd")}, common)};
}

Flavour flavour(const std::string& directory) {
    const auto usr = unpacked_usr();
    if (!usr.empty() && !std::filesystem::exists(usr / "sbin")) {
        throw std::runtime_error(std::string{root_variable} + ": no server is in " + usr.string() +
                                 "; tools/setup_database fetches one");
    }
    // MariaDB has a mysqld too: its old name.
    const bool is_mysql = !usr.empty() && !std::filesystem::exists(usr / "sbin/mariadbd");
    return is_mysql ? mysql(usr, directory) : mariadb(usr, directory);
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
    auto command = flavour(directory_).install;
    if (::geteuid() == 0) {
        command.emplace_back("--user=root");
    }
    const pid_t installer = spawn(command, directory_ + "/install.log");
    int status = 0;
    if (::waitpid(installer, &status, 0) != installer || status != 0) {
        throw std::runtime_error(command.front() + " failed: " + content(directory_ + "/install.log"));
    }
    std::ofstream(directory_ + "/init.sql")
        << "CREATE USER 'test'@'127.0.0.1' IDENTIFIED BY 'secret';\n"
           "GRANT ALL PRIVILEGES ON *.* TO 'test'@'127.0.0.1' WITH GRANT OPTION;\n";
}

void PrivateMariadb::start() {
    auto command =
        joined(flavour(directory_).serve,
               {"--socket=" + directory_ + "/socket", "--pid-file=" + directory_ + "/pid",
                "--port=" + std::to_string(port_), "--bind-address=127.0.0.1", "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=2", "--init-file=" + directory_ + "/init.sql"});
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
            throw std::runtime_error("the database server does not answer: " +
                                     content(directory_ + "/server.log"));
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
