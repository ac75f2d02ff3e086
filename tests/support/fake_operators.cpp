#include "tests/support/fake_operators.hpp"

#include <algorithm>

namespace test_support {

using controller::journal::OperatorsWords;
using inventory::failure;
using inventory::Status;

void FakeOperators::fail_with(std::optional<inventory::Error> error) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(error);
}

Status FakeOperators::working() const {
    return failure_ ? Status(tl::unexpected(*failure_)) : Status{};
}

Status FakeOperators::ready(const Word& word, std::optional<Time> until) const {
    return working().and_then([&] { return controller::check(word, until); });
}

void FakeOperators::announce_reading() {
    if (before_reading_) {
        before_reading_(readings_++);
    }
}

OperatorsWords FakeOperators::words(const std::vector<Action>& actions, Time now) const {
    OperatorsWords words;
    std::ranges::copy_if(pauses_, std::back_inserter(words.pauses),
                         [now](const auto& pause) { return pause.is_in_force(now); });
    for (const auto& action : actions) {
        std::ranges::copy_if(approvals_, std::back_inserter(words.approvals), [&](const auto& approval) {
            return approval.action_id == action.id && approval.expires_at > now;
        });
        std::ranges::copy_if(lifts_, std::back_inserter(words.lifts), [&](const auto& lift) {
            return lift.action_id == action.id && lift.until > now;
        });
        if (auto labels = journal_.labels_of(action.id)) {
            words.labels.emplace(action.id, std::move(*labels));
        }
        for (const auto& said : acknowledgements_) {
            const auto newest = words.acknowledgements.find(said.vm_uuid);
            const bool is_newer =
                newest == words.acknowledgements.end() || said.word.at >= newest->second.word.at;
            if (said.vm_uuid == action.vm_uuid && said.word.at <= now && is_newer) {
                words.acknowledgements.insert_or_assign(said.vm_uuid, said);
            }
        }
    }
    return words;
}

FakeOperators::Result<OperatorsWords> FakeOperators::words_on(const Action& action, Time now) {
    announce_reading();
    const std::lock_guard lock(mutex_);
    return working().map([&] { return words({action}, now); });
}

FakeOperators::Result<OperatorsWords> FakeOperators::words_on_open_actions(Time now) {
    announce_reading();
    const std::lock_guard lock(mutex_);
    return working().and_then([&]() -> Result<OperatorsWords> {
        constexpr std::uint32_t all = 1'000'000;
        return journal_.list({.open_only = true, .limit = all}).map([&](const std::vector<Action>& open) {
            return words(open, now);
        });
    });
}

FakeOperators::Result<std::vector<controller::Pause>> FakeOperators::pauses(
    const controller::journal::PauseFilter& filter) {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        std::vector<controller::Pause> found;
        for (auto pause = pauses_.rbegin(); pause != pauses_.rend() && found.size() < filter.limit; ++pause) {
            if (!filter.in_force_at || pause->is_in_force(*filter.in_force_at)) {
                found.push_back(*pause);
            }
        }
        return found;
    });
}

FakeOperators::Result<controller::Pause> FakeOperators::pause(const controller::Pause& wanted) {
    const std::lock_guard lock(mutex_);
    return ready(wanted.word, wanted.until).map([&] {
        pauses_.push_back(wanted);
        pauses_.back().id = pauses_.size();
        pauses_.back().ended.reset();
        return pauses_.back();
    });
}

FakeOperators::Result<std::optional<controller::Pause>> FakeOperators::end_pause(std::uint64_t id,
                                                                                 const Word& word) {
    const std::lock_guard lock(mutex_);
    return ready(word, std::nullopt).map([&]() -> std::optional<controller::Pause> {
        if (id < 1 || id > pauses_.size() || pauses_[id - 1].ended) {
            return std::nullopt;
        }
        pauses_[id - 1].ended = word;
        return pauses_[id - 1];
    });
}

FakeOperators::Result<controller::Approval> FakeOperators::approve(const Action& action, const Word& word,
                                                                   Time expires_at) {
    const std::lock_guard lock(mutex_);
    return ready(word, expires_at).and_then([&]() -> Result<controller::Approval> {
        const auto attempts = journal_.attempts_on(action.vm_uuid).value();
        const auto number = std::ranges::count(attempts, action.id, &controller::Attempt::action_id) + 1;
        const auto noted =
            journal_.note_on(action.id, word.at,
                             "attempt " + std::to_string(number) + " approved until " +
                                 inventory::to_rfc3339(expires_at) + " by " + word.who + ": " + word.why);
        return noted.map([&] {
            return approvals_.emplace_back(
                controller::Approval{.id = approvals_.size() + 1,
                                     .action_id = action.id,
                                     .attempt_number = static_cast<std::uint32_t>(number),
                                     .word = word,
                                     .expires_at = expires_at});
        });
    });
}

FakeOperators::Result<controller::Lift> FakeOperators::lift(const Action& action, const std::string& guard,
                                                            const Word& word, Time until) {
    const std::lock_guard lock(mutex_);
    return ready(word, until).and_then([&]() -> Result<controller::Lift> {
        const auto noted =
            journal_.note_on(action.id, word.at,
                             "guard " + guard + " lifted until " + inventory::to_rfc3339(until) + " by " +
                                 word.who + ": " + word.why);
        return noted.map([&] {
            return lifts_.emplace_back(controller::Lift{.id = lifts_.size() + 1,
                                                        .action_id = action.id,
                                                        .guard = guard,
                                                        .word = word,
                                                        .until = until});
        });
    });
}

FakeOperators::Result<controller::Acknowledgement> FakeOperators::acknowledge(const std::string& vm_uuid,
                                                                              const Word& word) {
    const std::lock_guard lock(mutex_);
    return ready(word, std::nullopt).map([&] {
        return acknowledgements_.emplace_back(controller::Acknowledgement{
            .id = acknowledgements_.size() + 1, .vm_uuid = vm_uuid, .word = word});
    });
}

FakeOperators::Result<controller::Action> FakeOperators::cancel(const Action& action, const Word& word) {
    const std::lock_guard lock(mutex_);
    return ready(word, std::nullopt).and_then([&]() -> Result<Action> {
        if (!controller::is_waiting(action.state)) {
            return failure("it does not wait any more");
        }
        return journal_.advance(action, controller::ActionState::cancelled,
                                "cancelled by " + word.who + ": " + word.why, word.at);
    });
}

}  // namespace test_support
