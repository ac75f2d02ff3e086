#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "controller/journal/lease.hpp"

namespace test_support {

/// The row that several controllers share, with the clock of the database that keeps it. Safe from any
/// thread.
class FakeLeaseRow {
public:
    explicit FakeLeaseRow(inventory::Clock database_clock) : clock_(std::move(database_clock)) {}

    /// From now on every question fails with this error; nullopt ends that.
    void fail_with(std::optional<inventory::Error> error);
    /// The next change is made, but its answer is lost.
    void lose_next_answer();

    [[nodiscard]] std::uint64_t token() const;
    [[nodiscard]] controller::journal::LeaseRow now() const;

private:
    friend class FakeLease;

    [[nodiscard]] inventory::Status answer();

    mutable std::mutex mutex_;
    inventory::Clock clock_;
    std::optional<inventory::Error> failure_;
    bool loses_answer_ = false;
    controller::journal::LeaseRow row_{};
};

/// One controller's way to the shared row; it keeps the contract of the real lease (both pass the same
/// tests). The row must outlive it.
class FakeLease : public controller::journal::Lease {
public:
    explicit FakeLease(FakeLeaseRow& row) : row_(row) {}

    inventory::Result<controller::journal::LeaseRow> read() override;
    inventory::Result<bool> renew(const std::string& holder, std::uint64_t token,
                                  inventory::Duration ttl) override;
    inventory::Result<bool> take(const controller::journal::LeaseRow& seen, const std::string& holder,
                                 inventory::Duration ttl) override;
    inventory::Status give_up(const std::string& holder, std::uint64_t token) override;

private:
    FakeLeaseRow& row_;
};

}  // namespace test_support
