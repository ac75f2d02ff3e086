#include "tests/support/fake_lease.hpp"

#include <utility>

namespace test_support {

using controller::journal::LeaseRow;
using inventory::Duration;
using inventory::Result;
using inventory::Status;

void FakeLeaseRow::fail_with(std::optional<inventory::Error> error) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(error);
}

void FakeLeaseRow::lose_next_answer() {
    const std::lock_guard lock(mutex_);
    loses_answer_ = true;
}

std::uint64_t FakeLeaseRow::token() const {
    const std::lock_guard lock(mutex_);
    return row_.token;
}

LeaseRow FakeLeaseRow::now() const {
    const std::lock_guard lock(mutex_);
    auto row = row_;
    row.read_at = clock_();
    return row;
}

Status FakeLeaseRow::answer() {
    return std::exchange(loses_answer_, false) ? inventory::failure("the answer is lost", true) : Status{};
}

Result<LeaseRow> FakeLease::read() {
    {
        const std::lock_guard lock(row_.mutex_);
        if (row_.failure_) {
            return tl::unexpected(*row_.failure_);
        }
    }
    return row_.now();
}

Result<bool> FakeLease::renew(const std::string& holder, std::uint64_t token, Duration ttl) {
    const std::lock_guard lock(row_.mutex_);
    if (row_.failure_) {
        return tl::unexpected(*row_.failure_);
    }
    if (row_.row_.token != token || row_.row_.holder != holder) {
        return false;
    }
    row_.row_.expires_at = row_.clock_() + ttl;
    return row_.answer().map([] { return true; });
}

Result<bool> FakeLease::take(const LeaseRow& seen, const std::string& holder, Duration ttl) {
    const std::lock_guard lock(row_.mutex_);
    if (row_.failure_) {
        return tl::unexpected(*row_.failure_);
    }
    const auto now = row_.clock_();
    const bool free = row_.row_.expires_at <= now || row_.row_.holder == holder;
    if (row_.row_.token != seen.token || !free) {
        return false;
    }
    row_.row_ = {.holder = holder, .token = seen.token + 1, .taken_at = now, .expires_at = now + ttl};
    return row_.answer().map([] { return true; });
}

Status FakeLease::give_up(const std::string& holder, std::uint64_t token) {
    const std::lock_guard lock(row_.mutex_);
    if (row_.failure_) {
        return tl::unexpected(*row_.failure_);
    }
    if (row_.row_.token == token && row_.row_.holder == holder) {
        row_.row_.holder.clear();
        row_.row_.expires_at = row_.clock_();
    }
    return row_.answer();
}

}  // namespace test_support
