#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "controller/journal/mariadb_journal.hpp"
#include "controller/journal/mariadb_lease.hpp"
#include "tests/support/private_mariadb.hpp"

namespace controller::journal {

/// One server for all tests of this program, one schema for each.
inline inventory::mariadb::Server new_schema() {
    static const test_support::PrivateMariadb mariadb;
    static std::atomic<int> count{0};
    auto server = mariadb.server();
    server.schema = "warden_" + std::to_string(++count);
    return server;
}

/// The journal of the controller that leads.
inline std::unique_ptr<Journal> open_leading_journal(const inventory::mariadb::Server& server) {
    const auto lease = open_mariadb_lease(server);
    if (!lease || (*lease)->take({}, "leader", std::chrono::hours{1}) != true) {
        throw std::runtime_error("the lease of a new schema cannot be taken");
    }
    auto journal = open_mariadb_journal(server, {}, [] { return std::optional<std::uint64_t>{1}; });
    if (!journal) {
        throw std::runtime_error(journal.error().message);
    }
    return *std::move(journal);
}

}  // namespace controller::journal
