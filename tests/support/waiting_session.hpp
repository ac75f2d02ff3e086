#pragma once

#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "inventory/mariadb/connection.hpp"

namespace test_support {

/// A session on the tests' server that takes locks and can wait for them, as a management server's would.
class WaitingSession {
public:
    explicit WaitingSession(inventory::mariadb::Server server)
        : connection_(patient(std::move(server)), inventory::mariadb::Access::read_write) {}
    ~WaitingSession() { join(); }
    WaitingSession(const WaitingSession&) = delete;
    WaitingSession& operator=(const WaitingSession&) = delete;

    inventory::mariadb::Connection& connection() { return connection_; }

    /// Runs the statement on a thread of its own: it is expected to wait.
    void run_aside(std::string statement) {
        join();
        thread_ = std::thread([this, text = std::move(statement)] { aside_ = connection_.execute(text); });
    }

    /// What became of it, once it has ended.
    const inventory::Result<std::uint64_t>& join() {
        if (thread_.joinable()) {
            thread_.join();
        }
        return aside_;
    }

private:
    static inventory::mariadb::Server patient(inventory::mariadb::Server server) {
        server.timeout = std::chrono::seconds{20};
        return server;
    }

    inventory::mariadb::Connection connection_;
    inventory::Result<std::uint64_t> aside_;
    std::thread thread_;
};

/// Looks again and again until `is_so`, for ten seconds at most; whether it became so. Not too often:
/// InnoDB's tables of transactions and locks stay as they are while they are read more than ten times in a
/// second.
template <class Claim>
bool becomes_so(Claim is_so) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{250});
    }
    return true;
}

}  // namespace test_support
