#include "controller/loop/driver.hpp"

#include <utility>

namespace controller::loop {
namespace {

Surroundings with_pause(Surroundings around, Pause pause) {
    around.pause = std::move(pause);
    return around;
}

}  // namespace

LoopDriver::LoopDriver(Surroundings around, LoopSettings settings)
    : interval_(settings.judge_interval),
      loop_(with_pause(std::move(around), [this](inventory::Duration limit) { return pause(limit); }),
            std::move(settings), [this](std::function<void()> task) { workers_.run(std::move(task)); }) {}

LoopDriver::~LoopDriver() {
    stop();
}

void LoopDriver::start() {
    thread_ = std::thread([this] { run(); });
}

void LoopDriver::wake() {
    {
        const std::lock_guard lock(mutex_);
        awake_ = true;
    }
    changed_.notify_all();
}

void LoopDriver::take_over(LoopSettings settings) {
    {
        const std::lock_guard lock(mutex_);
        interval_ = settings.judge_interval;
    }
    loop_.take_over(std::move(settings));
    wake();
}

void LoopDriver::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
    workers_.stop();
}

void LoopDriver::run() {
    while (true) {
        loop_.step();
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, interval_, [this] { return awake_ || stopping_; });
        awake_ = false;
        if (stopping_) {
            return;
        }
    }
}

bool LoopDriver::pause(inventory::Duration limit) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, limit, [this] { return stopping_; });
}

}  // namespace controller::loop
