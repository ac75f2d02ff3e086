#include "inventory/observer/repeating_task.hpp"

namespace inventory::observer {

RepeatingTask::RepeatingTask(Duration interval, std::function<void()> task)
    : interval_(interval), task_(std::move(task)), thread_([this] { run(); }) {}

RepeatingTask::~RepeatingTask() {
    stop();
    thread_.join();
}

std::uint64_t RepeatingTask::nudge() {
    const std::lock_guard lock{mutex_};
    nudged_ = true;
    changed_.notify_all();
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
    changed_.notify_all();
}

bool RepeatingTask::has_ended() const {
    const std::lock_guard lock{mutex_};
    return has_ended_;
}

void RepeatingTask::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        nudged_ = false;
        ++begun_;
        lock.unlock();
        task_();
        lock.lock();
        ended_ = begun_;
        changed_.notify_all();
        const auto next = std::chrono::steady_clock::now() + interval_;
        changed_.wait_until(lock, next, [this] { return nudged_ || stopping_; });
    }
    has_ended_ = true;
    changed_.notify_all();
}

}  // namespace inventory::observer
