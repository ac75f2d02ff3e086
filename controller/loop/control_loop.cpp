#include "controller/loop/control_loop.hpp"

#include <utility>

#include "controller/decision/remedies/remedies.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/loop/attempt.hpp"
#include "controller/loop/judgement.hpp"
#include "service/log.hpp"

namespace controller::loop {
namespace {

constexpr std::uint32_t most_open_actions = 10'000;
constexpr std::uint32_t most_pauses = 10'000;
/// Half of the driver's workers: the others are for VMs that died.
constexpr std::size_t most_moves_at_once = 2;

}  // namespace

ControlLoop::ControlLoop(Surroundings around, LoopSettings settings, Execute execute)
    : around_(std::move(around)),
      settings_(std::make_shared<const LoopSettings>(std::move(settings))),
      execute_(std::move(execute)),
      newest_settings_(settings_) {}

void ControlLoop::take_over(LoopSettings settings) {
    auto newest = std::make_shared<const LoopSettings>(std::move(settings));
    const std::lock_guard lock(mutex_);
    newest_settings_ = std::move(newest);
}

void ControlLoop::step() {
    {
        const std::lock_guard lock(mutex_);
        settings_ = newest_settings_;
    }
    const auto cloud = look();
    if (around_.leads()) {
        settle_open_attempts();
        judge_waiting_actions(cloud);
    } else {
        noted_.clear();  // another notes now
    }
    count();
}

/// Takes up the newest picture, arranged for every question of this step. The fleet is watched in every step,
/// also while nothing waits: a storm is judged by what came before.
std::shared_ptr<const CloudIndex> ControlLoop::look() {
    auto cloud =
        std::make_shared<const CloudIndex>(around_.cloud.latest(), settings_->limits, around_.clock());
    around_.fleet.look(cloud, settings_->policy.storm);
    return cloud;
}

void ControlLoop::settle_open_attempts() {
    const auto attempts = around_.journal.attempts_without_outcome();
    if (!attempts) {
        service::log_warn("open attempts cannot be read", {{"error", attempts.error().message}});
        return;
    }
    for (const auto& attempt : *attempts) {
        hand_out(attempt.vm_uuid,
                 [this, attempt, settings = settings_] { settle_attempt(attempt, around_, *settings); });
    }
}

void ControlLoop::judge_waiting_actions(const std::shared_ptr<const CloudIndex>& cloud) {
    const auto journal = JournalReading::of_all(around_, most_open_actions);
    if (!journal) {
        service::log_warn("open actions cannot be judged", {{"error", journal.error().message}});
        return;
    }
    std::set<std::uint64_t> open;
    std::vector<Action> waiting;
    std::map<Remedy, std::uint64_t> between_stages{{Remedy::ha_restart, 0}};
    for (const auto& action : journal->open()) {
        open.insert(action.id);
        if (action.stage != Stage::first && is_waiting(action.state)) {
            ++between_stages[action.remedy];
        }
        if (is_waiting(action.state) && !is_in_flight(action.vm_uuid)) {
            waiting.push_back(action);
        }
    }
    around_.observer.between_stages(between_stages);
    std::erase_if(noted_, [&open](const auto& noted) { return !open.contains(noted.first); });
    StepFacts facts{.cloud = cloud, .fleet = around_.fleet.latest(), .journal = *journal};
    for (const auto& action : waiting) {
        facts.handed_out = in_flight();
        facts.leadership = around_.lease();
        judge(action, facts);
    }
}

void ControlLoop::judge(const Action& waiting, const StepFacts& facts) {
    const auto judged = judge_in_step(waiting, facts, around_, *settings_);
    if (end_if_overtaken(waiting, judged.world)) {
        return;
    }
    const auto action = note_first_decision(waiting, judged.world, judged.decision);
    if (!judged.decision.acts() || action.state != ActionState::decided) {
        return;
    }
    auto attempt = [this, action, count = judged.world.vm()->update_count, settings = settings_] {
        run_attempt(action, count, around_, *settings);
    };
    if (action.remedy == Remedy::reassign_retry) {
        hand_out_move(action.vm_uuid, std::move(attempt));
    } else {
        hand_out(action.vm_uuid, std::move(attempt));
    }
}

/// An action that its alert can no longer end is ended by the world.
bool ControlLoop::end_if_overtaken(const Action& waiting, const World& world) {
    const auto why = decision::remedies::of(waiting.remedy).overtaken(waiting, world);
    if (!why) {
        return false;
    }
    const auto ended = around_.journal.advance(waiting, ActionState::cancelled, *why, around_.clock());
    if (!ended) {
        service::log_warn("the end of the action could not be journaled; it is judged again",
                          {{"action", std::to_string(waiting.id)}, {"error", ended.error().message}});
    }
    return true;
}

/// Journals what the first decision says and moves the action to the state that fits; the action as it is
/// then.
Action ControlLoop::note_first_decision(const Action& waiting, const World& world, const Decision& decision) {
    const auto to = state_after(waiting, decision, settings_->policy);
    around_.observer.decided(waiting.remedy, to_word(to), decision);
    if (!keep_news(waiting, world, decision) || waiting.state == to) {
        return waiting;
    }
    const auto note = decision.acts()
                          ? std::string("first decision, on the snapshot: no guard refuses")
                          : "first decision, on the snapshot: refused by " + refusing_guards(decision);
    const auto moved = around_.journal.advance(waiting, to, note, around_.clock());
    if (!moved) {
        service::log_warn("the decision could not be journaled; the action is judged again",
                          {{"action", std::to_string(waiting.id)}, {"error", moved.error().message}});
        noted_.erase(waiting.id);
        return waiting;
    }
    return *moved;
}

/// Keeps the evidence of a decision that says something new. False when it could not be kept: then nothing is
/// done.
bool ControlLoop::keep_news(const Action& action, const World& world, const Decision& decision) {
    const auto refusing = refusing_guards(decision);
    const auto noted = noted_.find(action.id);
    if (noted != noted_.end() && noted->second == refusing) {
        return true;
    }
    const auto kept = around_.journal.keep_evidence(
        action.id, {.at = world.now, .kind = "first_decision", .json = evidence::to_json(world, decision)});
    if (!kept) {
        service::log_warn("evidence could not be kept; the action waits",
                          {{"action", std::to_string(action.id)}, {"error", kept.error().message}});
        return false;
    }
    service::log_info(decision.acts() ? "decided" : "held", {{"action", std::to_string(action.id)},
                                                             {"remedy", std::string(to_word(action.remedy))},
                                                             {"vm_id", action.vm_uuid},
                                                             {"refused_by", refusing}});
    noted_[action.id] = refusing;
    return true;
}

void ControlLoop::count() {
    const auto states = around_.journal.count_by_state();
    const auto open = around_.journal.attempts_without_outcome();
    if (states && open) {
        around_.observer.counted(*states, open->size());
    }
    const auto pauses = around_.operators.pauses({.in_force_at = around_.clock(), .limit = most_pauses});
    if (pauses) {
        std::map<PauseScope, std::uint64_t> by_scope;
        for (const auto& pause : *pauses) {
            ++by_scope[pause.scope];
        }
        around_.observer.paused(by_scope);
    }
}

/// Has the task carried out unless one works on this VM already.
void ControlLoop::hand_out(const std::string& vm_uuid, std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (!in_flight_.insert(vm_uuid).second) {
            return;
        }
    }
    execute_([this, vm_uuid, task = std::move(task)] {
        task();
        const std::lock_guard lock(mutex_);
        in_flight_.erase(vm_uuid);
    });
}

/// A move may wait for locks for minutes: what is over its room waits in the journal for the next step.
void ControlLoop::hand_out_move(const std::string& vm_uuid, std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (moving_ >= most_moves_at_once || in_flight_.contains(vm_uuid)) {
            return;
        }
        ++moving_;
    }
    hand_out(vm_uuid, [this, task = std::move(task)] {
        task();
        const std::lock_guard lock(mutex_);
        --moving_;
    });
}

bool ControlLoop::is_in_flight(const std::string& vm_uuid) {
    const std::lock_guard lock(mutex_);
    return in_flight_.contains(vm_uuid);
}

std::set<std::string> ControlLoop::in_flight() {
    const std::lock_guard lock(mutex_);
    return in_flight_;
}

}  // namespace controller::loop
