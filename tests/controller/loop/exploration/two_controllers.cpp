#include "tests/controller/loop/exploration/two_controllers.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tests/controller/loop/exploration/hands.hpp"

namespace exploration {

using namespace std::chrono_literals;
using controller::loop::LeaseKeeper;
using inventory::Duration;

namespace {

constexpr auto keeper_interval = 5s;
constexpr auto longest_turn = 60s;  // by the real clock: a process that never comes back is a defect

void await(std::binary_semaphore& turn) {
    if (!turn.try_acquire_for(longest_turn)) {
        throw std::runtime_error("a controller under exploration has hung for a minute");
    }
}

controller::loop::LoopSettings settings_for(const Scenario& scenario) {
    controller::loop::LoopSettings settings;
    settings.judge_interval = 20s;
    settings.policy.storm.cooldown = 0s;  // which would count from the start of every life of a process
    auto& remedy = settings.policy.remedies[scenario.remedy];
    remedy.mode = scenario.mode;
    remedy.attempts = scenario.attempts;
    remedy.back_off = 20s;
    remedy.verify_timeout = 20s;
    return settings;
}

}  // namespace

TwoControllers::TwoControllers(const Scenario& scenario, Choices& choices, Findings& findings)
    : scenario_(scenario),
      choices_(choices),
      findings_(findings),
      lease_([this] { return now_; }),
      cloud_(std::make_unique<Cloud>(*this)),
      settings_(settings_for(scenario)),
      deviations_left_(scenario.deviations) {
    cloud_->destroy_domain();
    cloud_->set_drift_since(now_ - 10min);
    cloud_->set_ha(scenario.remedy == controller::Remedy::ha_restart);
    (void)durable_journal_.receive(the_alert(true), scenario.remedy, now_);
}

TwoControllers::~TwoControllers() = default;

void TwoControllers::run() {
    ++findings_.schedules;
    processes_[0].name = "A";
    processes_[1].name = "B";
    for (auto& process : processes_) {
        start(process);
    }
    auto* next = &processes_.front();
    while (true) {
        next->turn.release();
        await(over_);
        if (ending_) {
            break;
        }
        next = &next_after(*running_);
    }
    for (auto& process : processes_) {
        if (process.thread.joinable()) {
            process.turn.release();
            process.thread.join();
        }
    }
    check_the_end();
}

/// The process that ran has died: who runs next.
TwoControllers::Process& TwoControllers::next_after(Process& dead) {
    dead.thread.join();
    if (dead.alive) {  // it comes back before the other takes over
        move_clock(beyond_the_lease);
        start(dead);
        return dead;
    }
    pass(beyond_the_lease);
    auto& other = other_than(dead);
    wake(other);
    return other;
}

void TwoControllers::start(Process& process) {
    ++process.starts;
    process.alive = true;
    process.frozen = false;
    process.loses_answer = false;
    process.history = static_cast<std::uint64_t>(now_.time_since_epoch().count());
    process.begun.reset();
    process.keeper = std::make_unique<LeaseKeeper>(
        std::make_unique<test_support::FakeLease>(lease_), process.name + std::to_string(process.starts),
        controller::loop::LeaseSettings{},
        LeaseKeeper::Clocks{.steady = [this] { return now_.time_since_epoch(); },
                            .wall = [this] { return now_; }});
    process.keeper->tend();
    process.journal = std::make_unique<Journal>(*this, process);
    process.fleet =
        std::make_unique<controller::loop::FleetWatch>(settings_.limits.freshness, settings_.judge_interval);
    process.loop = std::make_unique<controller::loop::ControlLoop>(
        controller::loop::Surroundings{.cloud = *cloud_,
                                       .journal = *process.journal,
                                       .operators = operators_,
                                       .silences = silences_,
                                       .moves = moves_,
                                       .api = *cloud_,
                                       .observer = observer_,
                                       .fleet = *process.fleet,
                                       .clock = [this] { return now_; },
                                       .pause =
                                           [this](Duration limit) {
                                               pass(limit);
                                               return true;
                                           },
                                       .leadership = [&process] { return process.keeper->leadership(); }},
        settings_, [](const std::function<void()>& task) { task(); });
    process.thread = std::thread([this, &process] { live(process); });
}

void TwoControllers::live(Process& process) {
    try {
        wait_for_turn(process);
        while (true) {
            process.loop->step();
            sleep();
        }
    } catch (const Killed&) {
        if (!ending_) {
            over_.release();
        }
    }
}

void TwoControllers::wait_for_turn(Process& process) {
    await(process.turn);
    if (ending_) {
        throw Killed{};
    }
    running_ = &process;
}

void TwoControllers::wake(Process& process) {
    if (!process.alive) {
        start(process);
    }
    process.frozen = false;
}

void TwoControllers::pass_to(Process& next) {
    auto& self = *running_;
    wake(next);
    next.turn.release();
    wait_for_turn(self);
}

void TwoControllers::end_run() {
    auto& self = *running_;
    ending_ = true;
    over_.release();
    await(self.turn);
    throw Killed{};
}

/// Time goes by, and whoever is awake tends the lease.
void TwoControllers::pass(Duration time) {
    while (time > Duration::zero()) {
        const auto slice = std::min<Duration>(time, keeper_interval);
        move_clock(slice);
        time -= slice;
        tend_leases();
    }
}

void TwoControllers::tend_leases() {
    for (auto& process : processes_) {
        if (process.alive && !process.frozen) {
            process.keeper->tend();
        }
    }
}

void TwoControllers::move_clock(Duration time) {
    now_ += time;
    if (job_ends_ && now_ >= *job_ends_) {
        job_ends_.reset();
        cloud_->finish_job();
    }
}

TwoControllers::Process& TwoControllers::other_than(const Process& process) {
    return &process == &processes_.front() ? processes_.back() : processes_.front();
}

}  // namespace exploration
