#include "tests/support/loop_stage.hpp"

namespace test_support {

using namespace std::chrono_literals;

namespace {

controller::Alert alert_of(inventory::Time starts_at, bool firing) {
    return {.firing = firing,
            .fingerprint = "0123456789abcdef",
            .starts_at = starts_at,
            .labels = {{"alertname", "CloudStackVMStoppedOutOfBand"}, {"vm_id", FakeCloud::vm_uuid}}};
}

const inventory::Time alert_start{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

}  // namespace

LoopStage::LoopStage() : cloud_([this] { return now_; }) {
    for (const auto remedy : controller::all_remedies) {
        settings_.policy.remedies[remedy].mode = controller::Mode::automatic;
    }
    settings_.policy.storm.cooldown = 0s;  // which would count from the start of every life of the process
    cloud_.destroy_domain();
    cloud_.set_drift_since(now_ - 10min);
}

void LoopStage::deliver_alert(controller::Remedy remedy) {
    (void)journal_.receive(alert_of(alert_start, true), remedy, now_);
}

void LoopStage::resolve_alert() {
    (void)journal_.resolve(alert_of(alert_start, false), now_);
}

controller::loop::Surroundings LoopStage::surroundings(controller::loop::LoopObserver& observer,
                                                       controller::journal::Journal& journal) {
    fleet_ =
        std::make_unique<controller::loop::FleetWatch>(settings_.limits.freshness, settings_.judge_interval);
    return {.cloud = cloud_,
            .journal = journal,
            .operators = operators_,
            .silences = silences_,
            .moves = moves_,
            .api = cloud_,
            .observer = observer,
            .fleet = *fleet_,
            .clock = [this] { return now_; },
            .pause =
                [this](inventory::Duration limit) {
                    now_ += limit;
                    return true;
                },
            .leadership = leading};
}

void LoopStage::run(int steps, controller::journal::Journal* journal) {
    const auto around = surroundings(observer_, journal != nullptr ? *journal : journal_);
    controller::loop::ControlLoop loop(around, settings_, [](const std::function<void()>& task) { task(); });
    for (int i = 0; i < steps; ++i) {
        loop.step();
        now_ += settings_.judge_interval;
    }
}

controller::Action LoopStage::action() {
    return journal_.list({}).value().at(0);
}

std::vector<controller::Attempt> LoopStage::attempts() {
    return journal_.attempts_on(FakeCloud::vm_uuid).value();
}

std::string LoopStage::notes() {
    std::string text;
    const auto steps = journal_.steps(action().id).value();
    for (const auto& step : steps) {
        text += std::string(to_word(step.state)) + ": " + step.note + "\n";
    }
    return text;
}

}  // namespace test_support
