#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

namespace service::web {

/// Lets one request pass in each interval, and at most `burst` at once after a pause.
class TokenBucket {
public:
    using Instant = std::chrono::steady_clock::time_point;

    TokenBucket(std::chrono::microseconds interval, std::uint64_t burst)
        : interval_(interval), room_(interval * static_cast<std::int64_t>(burst - 1)) {}

    bool take(Instant now);

private:
    std::chrono::microseconds interval_;
    std::chrono::microseconds room_;  ///< how far ahead of the clock the requests may be
    std::mutex mutex_;
    Instant next_;  ///< guarded by mutex_; when the bucket was, or will be, full again
};

}  // namespace service::web
