#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "inventory/support/time.hpp"
#include "inventory/support/wakeup.hpp"

namespace inventory::observer {

/// How soon one round follows another: after the interval, or earlier for a reason, but never sooner than the
/// least gap.
struct Pace {
    Duration interval{};
    Duration least_gap{};
    int rest_per_work = 0;  ///< nor sooner than so many times what the round took: dear rounds are rare
};

/// The rest of a task that has no reason of its own to begin anew.
void rest_until_woken(Duration limit, const Wakeup& wakeup);

/// A thread that runs one task again and again, an interval apart or sooner when nudged. The task must end
/// within deadlines of its own and must not throw.
class RepeatingTask {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    /// Waits between two rounds: until `limit` is over, `wakeup` is signalled, or there is another reason for
    /// the next round.
    using Rest = std::function<void(Duration limit, const Wakeup& wakeup)>;

    RepeatingTask(Duration interval, std::function<void()> task);
    RepeatingTask(Pace pace, std::function<void()> task, Rest rest = rest_until_woken);
    /// Waits for the round that is under way.
    ~RepeatingTask();
    RepeatingTask(const RepeatingTask&) = delete;
    RepeatingTask& operator=(const RepeatingTask&) = delete;

    /// Has a round begin as soon as the least gap allows, or so after the one that is under way. Returns that
    /// round's number: a round that had begun before this call does not count as it.
    std::uint64_t nudge();

    /// Waits until the round of that number has ended; false when the deadline or the task's end came first.
    bool wait_for_round(std::uint64_t round, Deadline deadline) const;

    /// Asks the thread to end after the round under way, without waiting for it.
    void stop();
    [[nodiscard]] bool has_ended() const;

private:
    void run();

    const Pace pace_;
    const std::function<void()> task_;
    const Rest rest_;
    const Wakeup wakeup_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::uint64_t begun_ = 0;
    std::uint64_t ended_ = 0;
    bool stopping_ = false;
    bool has_ended_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace inventory::observer
