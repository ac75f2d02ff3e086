#include <chrono>

#include "tests/controller/loop/exploration/hands.hpp"

// States of the whole, each in one number, so that those that are known are known again.
namespace exploration {

using namespace std::chrono_literals;
using controller::ActionState;
using controller::AttemptOutcome;
using controller::Stage;

namespace {

std::uint64_t mixed(std::uint64_t into, std::uint64_t value) {
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
    into ^= value + odd + (into << 6U) + (into >> 2U);
    return into * 0xff51afd7ed558ccdULL;
}

std::uint64_t mixed(std::uint64_t into, const std::string& text) {
    return mixed(into, std::hash<std::string>{}(text));
}

std::uint64_t mixed(std::uint64_t into, std::optional<inventory::Time> time) {
    return mixed(into, time ? static_cast<std::uint64_t>(time->time_since_epoch().count()) : 0);
}

template <class Value>
std::uint64_t number(std::optional<Value> value) {
    return value ? static_cast<std::uint64_t>(*value) + 1 : 0;
}

}  // namespace

std::string word_of(ActionState state) {
    return std::string(to_word(state));
}

std::string word_of(Stage stage) {
    return "stage " + std::string(to_word(stage));
}

std::string word_of(AttemptOutcome outcome) {
    return "attempt " + std::string(to_word(outcome));
}

std::set<std::string> whole_lifecycle() {
    std::set<std::string> words;
    for (int state = 0; state <= static_cast<int>(ActionState::cancelled); ++state) {
        words.insert(word_of(static_cast<ActionState>(state)));
    }
    for (int stage = 0; stage <= static_cast<int>(Stage::stopped); ++stage) {
        words.insert(word_of(static_cast<Stage>(stage)));
    }
    for (int outcome = 0; outcome <= static_cast<int>(AttemptOutcome::unverified); ++outcome) {
        words.insert(word_of(static_cast<AttemptOutcome>(outcome)));
    }
    return words;
}

void TwoControllers::note_state(const std::string& before) {
    ++findings_.boundaries;
    const auto happened = news();
    findings_.shared.insert(happened);
    const auto now = durable(happened);
    running_->history = mixed(mixed(running_->history, before), now);
    auto key = mixed(now, running_->name);
    for (const auto& process : processes_) {
        key = mixed(key, memory_of(process));
    }
    key = mixed(key, static_cast<std::uint64_t>(deviations_left_) * 2 + (resolved_ ? 1U : 0U));
    const bool is_new = findings_.states.insert(key).second;
    if (!is_new && !choices_.repeats() && may_choose()) {
        ++findings_.pruned;
        cut_short_ = true;
        end_run();
    }
}

/// The journal keeps every step, so it is enough to look when a schedule is over.
void TwoControllers::note_lifecycle() {
    const auto known = action();
    findings_.lifecycle.insert(word_of(Stage::first));
    findings_.lifecycle.insert(word_of(known.stage));
    for (const auto& attempt : attempts()) {
        if (attempt.outcome) {
            findings_.lifecycle.insert(word_of(*attempt.outcome));
        }
    }
    const auto steps = durable_journal_.steps(known.id).value();
    findings_.lifecycle.insert(word_of(steps.front().state));
    for (std::size_t at = 1; at < steps.size(); ++at) {
        findings_.lifecycle.insert(word_of(steps[at].state));
        findings_.steps.emplace(steps[at - 1].state, steps[at].state);
    }
}

std::uint64_t TwoControllers::memory_of(const Process& process) const {
    const auto known = process.keeper->leadership();
    auto sum = mixed(process.history, static_cast<std::uint64_t>(process.starts));
    sum = mixed(sum, (process.alive ? 1U : 0U) + (process.frozen ? 2U : 0U));
    sum = mixed(mixed(sum, process.news), process.frozen_since);
    sum = mixed(mixed(sum, known.token), known.expires_at);
    return mixed(sum, static_cast<std::uint64_t>(known.left.value_or(-1h).count()));
}

/// All that has happened, in one number; that time has passed is no news.
std::uint64_t TwoControllers::news() {
    const auto known = action();
    auto sum = mixed(mixed(static_cast<std::uint64_t>(known.state), static_cast<std::uint64_t>(known.stage)),
                     known.version);
    for (const auto& attempt : attempts()) {
        sum = mixed(mixed(sum, number(attempt.outcome)), attempt.job_id.value_or(""));
        sum = mixed(sum, attempt.accepted ? 1U : 0U);
    }
    const auto lease = lease_.now();
    sum = mixed(mixed(mixed(sum, lease.token), lease.holder), answers_);
    sum = mixed(sum, static_cast<std::uint64_t>(cloud_->stops_executed()));
    sum = mixed(sum, static_cast<std::uint64_t>(cloud_->starts_executed()));
    return mixed(sum, static_cast<std::uint64_t>(cloud_->recorded()));
}

/// All that outlives the processes, in one number.
std::uint64_t TwoControllers::durable(std::uint64_t news) {
    auto sum = mixed(mixed(news, now_), lease_.now().expires_at);
    for (const auto& attempt : attempts()) {
        sum = mixed(mixed(sum, attempt.intent_at), attempt.ended_at);
    }
    const auto past = cloud_->FakeCloud::read_past({}).value();
    for (const auto& request : past.requests) {
        sum = mixed(mixed(sum, request.job_id), request.created);
    }
    return mixed(mixed(sum, job_ends_), approved_version_);
}

controller::Action TwoControllers::action() {
    return durable_journal_.list({}).value().front();
}

std::vector<controller::Attempt> TwoControllers::attempts() {
    return durable_journal_.attempts_on(test_support::FakeCloud::vm_uuid).value();
}

}  // namespace exploration
