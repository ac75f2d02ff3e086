#include "inventory/observer/repeating_task.hpp"

#include <algorithm>

namespace inventory::observer {

void rest_until_woken(Duration limit, const Wakeup& wakeup) {
    wakeup.wait(limit);
}

RepeatingTask::RepeatingTask(Duration interval, std::function<void()> task)
    : RepeatingTask(Pace{interval, {}}, std::move(task)) {}

RepeatingTask::RepeatingTask(Pace pace, std::function<void()> task, Rest rest)
    : pace_(pace), task_(std::move(task)), rest_(std::move(rest)), thread_([this] { run(); }) {}

RepeatingTask::~RepeatingTask() {
    stop();
    thread_.join();
}

std::uint64_t RepeatingTask::nudge() {
    const std::lock_guard lock{mutex_};
    wakeup_.signal();
    return begun_ + 1;
}

bool RepeatingTask::wait_for_round(std::uint64_t round, Deadline deadline) const {
    std::unique_lock lock{mutex_};
    changed_.wait_until(lock, deadline, [&] { return ended_ >= round || has_ended_; });
    return ended_ >= round;
}

void RepeatingTask::stop() {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    wakeup_.signal();
    changed_.notify_all();
}

bool RepeatingTask::has_ended() const {
    const std::lock_guard lock{mutex_};
    return has_ended_;
}

void RepeatingTask::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        wakeup_.clear();
        ++begun_;
        lock.unlock();
        const auto began = std::chrono::steady_clock::now();
        task_();
        const auto ended = std::chrono::steady_clock::now();
        const auto gap = std::max<std::chrono::steady_clock::duration>(pace_.least_gap,
                                                                       pace_.rest_per_work * (ended - began));
        lock.lock();
        ended_ = begun_;
        changed_.notify_all();
        if (stopping_) {
            break;
        }
        lock.unlock();
        rest_(pace_.interval, wakeup_);
        lock.lock();
        changed_.wait_until(lock, ended + gap, [this] { return stopping_; });
    }
    has_ended_ = true;
    changed_.notify_all();
}

}  // namespace inventory::observer
