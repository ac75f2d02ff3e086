#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "controller/loop/control_loop.hpp"
#include "controller/loop/worker_pool.hpp"

namespace controller::loop {

/// Gives the control loop its threads: one that steps, at every judge_interval and whenever it is woken, and
/// a few workers for what it hands out.
class LoopDriver {
public:
    /// `around.pause` is replaced by a wait that ends when the driver stops.
    LoopDriver(Surroundings around, LoopSettings settings);
    ~LoopDriver();
    LoopDriver(const LoopDriver&) = delete;
    LoopDriver& operator=(const LoopDriver&) = delete;

    void start();
    /// Steps now: an alert came in. From any thread.
    void wake();
    /// From the next step on, decisions go by these. From any thread.
    void take_over(LoopSettings settings);
    /// Returns when every task has let go: at most one API call or one fresh reading later. Attempts that are
    /// under way stay open in the journal and are settled at the next start.
    void stop();

private:
    void run();
    bool pause(inventory::Duration limit);

    std::mutex mutex_;
    inventory::Duration interval_;  ///< guarded by mutex_, as the next
    std::condition_variable changed_;
    bool awake_ = false;
    bool stopping_ = false;

    WorkerPool workers_{4};
    ControlLoop loop_;
    std::thread thread_;
};

}  // namespace controller::loop
