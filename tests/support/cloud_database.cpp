#include "tests/support/cloud_database.hpp"

#include <atomic>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/private_mariadb.hpp"

namespace test_support {
namespace {

using inventory::mariadb::Access;
using inventory::mariadb::Connection;
using inventory::mariadb::Server;

Server new_schema() {
    static const PrivateMariadb server;
    static std::atomic<int> count{0};
    auto administrator = server.server();
    const auto name = "cloud_" + std::to_string(++count);
    Connection connection(administrator, Access::read_write);
    // CloudStack's character set: with a wider one, which newer servers have by default, some rows are too
    // long.
    if (const auto made = connection.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb3"); !made) {
        throw std::runtime_error(made.error().message);
    }
    administrator.schema = name;
    return administrator;
}

/// The statements of a script, without its comments. Nothing in it quotes a semicolon.
std::vector<std::string> statements_of(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        throw std::runtime_error("cannot read " + path);
    }
    std::ostringstream script;
    for (std::string line; std::getline(file, line);) {
        script << line.substr(0, line.find("--")) << '\n';
    }
    std::istringstream text(script.str());
    std::vector<std::string> statements;
    for (std::string statement; std::getline(text, statement, ';');) {
        if (statement.find_first_not_of(" \n\t") != std::string::npos) {
            statements.push_back(statement);
        }
    }
    return statements;
}

}  // namespace

CloudDatabase::CloudDatabase()
    : administrator_(new_schema()), connection_(administrator_, Access::read_write) {
    for (const auto& statement : statements_of(WARDEN_CLOUD_SCHEMA)) {
        run(statement);
    }
}

void CloudDatabase::run(const std::string& statement) {
    if (const auto done = connection_.execute(statement); !done) {
        throw std::runtime_error(statement + ": " + done.error().message);
    }
}

Server CloudDatabase::reader() {
    return reader({"SELECT ON *", "PROCESS ON *.*"});
}

Server CloudDatabase::reader(std::initializer_list<std::string_view> grants) {
    static std::atomic<int> count{0};
    auto server = administrator_;
    server.user = "reader_" + std::to_string(++count);
    const auto account = "'" + server.user + "'@'127.0.0.1'";
    run("CREATE USER " + account + " IDENTIFIED BY '" + server.password.reveal() + "'");
    for (const auto grant : grants) {
        run("GRANT " + std::string{grant} + " TO " + account);
    }
    return server;
}

}  // namespace test_support
