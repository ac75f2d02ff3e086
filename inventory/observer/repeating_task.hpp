#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "inventory/support/time.hpp"

namespace inventory::observer {

/// A thread that runs one task again and again, an interval apart or sooner when nudged. The task must end
/// within deadlines of its own and must not throw.
class RepeatingTask {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    RepeatingTask(Duration interval, std::function<void()> task);
    /// Waits for the round that is under way.
    ~RepeatingTask();
    RepeatingTask(const RepeatingTask&) = delete;
    RepeatingTask& operator=(const RepeatingTask&) = delete;

    /// Has a round begin at once, or right after the one that is under way. Returns that round's number: a
    /// round that had begun before this call does not count as it.
    std::uint64_t nudge();

    /// Waits until the round of that number has ended; false when the deadline or the task's end came first.
    bool wait_for_round(std::uint64_t round, Deadline deadline) const;

    /// Asks the thread to end after the round under way, without waiting for it.
    void stop();
    [[nodiscard]] bool has_ended() const;

private:
    void run();

    const Duration interval_;
    const std::function<void()> task_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::uint64_t begun_ = 0;
    std::uint64_t ended_ = 0;
    bool nudged_ = false;
    bool stopping_ = false;
    bool has_ended_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace inventory::observer
