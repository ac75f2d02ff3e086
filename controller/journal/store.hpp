#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

/// Connections to the journal's schema for any number of threads, and how a unit of work runs on one of them:
/// what failed but may pass (deadlock, lock wait, lost session) is repeated from its beginning, a few times
/// and within the server's timeout.
class Store {
public:
    using Connection = inventory::mariadb::Connection;
    using WriteHook = std::function<void(inventory::Duration)>;

    Store(inventory::mariadb::Server server, WriteHook on_write);

    /// `body` runs in a transaction that is committed when it returns a value.
    template <class Body>
    auto write(const std::string& what, const Body& body) -> std::invoke_result_t<Body, Connection&> {
        const auto begun = std::chrono::steady_clock::now();
        auto outcome = repeat(what, [&](Connection& connection) { return in_transaction(connection, body); });
        if (on_write_) {
            on_write_(
                std::chrono::duration_cast<inventory::Duration>(std::chrono::steady_clock::now() - begun));
        }
        return outcome;
    }

    template <class Body>
    auto read(const std::string& what, const Body& body) -> std::invoke_result_t<Body, Connection&> {
        return repeat(what, body);
    }

private:
    using Instant = std::chrono::steady_clock::time_point;

    /// A connection out of the pool; it goes back at the end.
    class Lease {
    public:
        explicit Lease(Store& store) : store_(store), connection_(store.take()) {}
        ~Lease() { store_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Connection& operator*() const { return *connection_; }

    private:
        Store& store_;
        std::unique_ptr<Connection> connection_;
    };

    template <class Body>
    auto repeat(const std::string& what, const Body& body) -> std::invoke_result_t<Body, Connection&> {
        const auto begun = std::chrono::steady_clock::now();
        const Lease lease(*this);
        for (int tries = 1;; ++tries) {
            auto outcome = body(*lease);
            if (outcome) {
                return outcome;
            }
            if (!outcome.error().retryable || !pause_before_retry(tries, begun)) {
                return inventory::failure(what, outcome.error());
            }
        }
    }

    template <class Body>
    static auto in_transaction(Connection& connection, const Body& body)
        -> std::invoke_result_t<Body, Connection&> {
        inventory::mariadb::Transaction transaction(connection);
        if (auto begun = transaction.begin(); !begun) {
            return tl::unexpected(begun.error());
        }
        auto outcome = body(connection);
        if (!outcome) {
            return outcome;
        }
        if (auto committed = transaction.commit(); !committed) {
            return tl::unexpected(committed.error());
        }
        return outcome;
    }

    /// False when it has been tried often or long enough.
    [[nodiscard]] bool pause_before_retry(int tries, Instant begun) const;
    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection);

    const inventory::mariadb::Server server_;
    const WriteHook on_write_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace controller::journal
