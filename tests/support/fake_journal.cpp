#include "tests/support/fake_journal.hpp"

#include <algorithm>
#include <set>

namespace test_support {

using controller::is_waiting;
using inventory::failure;

void FakeJournal::fail_with(std::optional<inventory::Error> error) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(error);
}

inventory::Status FakeJournal::working() const {
    return failure_ ? Status(tl::unexpected(*failure_)) : Status{};
}

std::optional<std::map<std::string, std::string>> FakeJournal::labels_of(std::uint64_t action_id) {
    const std::lock_guard lock(mutex_);
    const auto* entry = entry_of(action_id);
    return entry == nullptr ? std::nullopt : std::optional{entry->labels};
}

inventory::Status FakeJournal::note_on(std::uint64_t action_id, Time at, const std::string& note) {
    const std::lock_guard lock(mutex_);
    auto* entry = entry_of(action_id);
    if (entry == nullptr || !is_waiting(entry->action.state)) {
        return failure("it does not wait any more");
    }
    entry->steps.push_back({at, entry->action.state, note});
    return {};
}

inventory::Status FakeJournal::leading() const {
    if (auto works = working(); !works || lease_ == nullptr) {
        return works;
    }
    const auto token = fence_();
    const auto row = lease_->now();
    if (token && *token == row.token) {
        return {};
    }
    return failure("fenced: another controller holds the lease since " + inventory::to_rfc3339(row.taken_at) +
                   ": " + row.holder + " with token " + std::to_string(row.token));
}

FakeJournal::Entry* FakeJournal::entry_of(std::uint64_t action_id) {
    return action_id >= 1 && action_id <= entries_.size() ? &entries_[action_id - 1] : nullptr;
}

controller::Attempt* FakeJournal::attempt_of(std::uint64_t attempt_id) {
    return attempt_id >= 1 && attempt_id <= attempts_.size() ? &attempts_[attempt_id - 1] : nullptr;
}

void FakeJournal::move(Entry& entry, ActionState to, std::string_view note, Time now) {
    entry.action.state = to;
    entry.action.state_since = now;
    ++entry.action.version;
    entry.steps.push_back({now, to, std::string(note)});
}

inventory::Status FakeJournal::check_step(const Action& action, ActionState to) {
    const auto* entry = entry_of(action.id);
    if (entry == nullptr || entry->action.version != action.version) {
        return failure("another step of the action came first");
    }
    if (!controller::may_follow(entry->action.state, to)) {
        return failure("this step may not follow");
    }
    return {};
}

inventory::Result<FakeJournal::Reception> FakeJournal::receive(const Alert& alert, controller::Remedy remedy,
                                                               Time now) {
    const std::lock_guard lock(mutex_);
    if (auto works = working(); !works) {
        return tl::unexpected(works.error());
    }
    const bool known = std::ranges::any_of(entries_, [&](const Entry& entry) {
        return entry.action.fingerprint == alert.fingerprint && entry.action.starts_at == alert.starts_at &&
               entry.action.remedy == remedy;
    });
    if (known) {
        return Reception::duplicate;
    }
    const Action action{.id = entries_.size() + 1,
                        .remedy = remedy,
                        .alert_name = alert.label("alertname"),
                        .fingerprint = alert.fingerprint,
                        .starts_at = alert.starts_at,
                        .vm_uuid = alert.label("vm_id"),
                        .state = ActionState::received,
                        .state_since = now,
                        .version = 1};
    entries_.push_back({action, {{now, ActionState::received, "alert received"}}, {}, alert.labels});
    return Reception::created;
}

inventory::Result<std::size_t> FakeJournal::resolve(const Alert& alert, Time now) {
    const std::lock_guard lock(mutex_);
    if (auto works = working(); !works) {
        return tl::unexpected(works.error());
    }
    std::size_t cancelled = 0;
    for (auto& entry : entries_) {
        if (entry.action.fingerprint == alert.fingerprint && entry.action.starts_at == alert.starts_at &&
            is_waiting(entry.action.state) && entry.action.stage == controller::Stage::first) {
            move(entry, ActionState::cancelled, "alert resolved", now);
            ++cancelled;
        }
    }
    return cancelled;
}

inventory::Result<std::optional<controller::Action>> FakeJournal::find(std::uint64_t id) {
    const std::lock_guard lock(mutex_);
    return working().map([&]() -> std::optional<Action> {
        const auto* entry = entry_of(id);
        return entry == nullptr ? std::nullopt : std::optional{entry->action};
    });
}

inventory::Result<std::vector<controller::Action>> FakeJournal::list(
    const controller::journal::ActionFilter& filter) {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        std::vector<Action> actions;
        for (auto entry = entries_.rbegin(); entry != entries_.rend() && actions.size() < filter.limit;
             ++entry) {
            const bool asked_for = (!filter.vm_uuid || *filter.vm_uuid == entry->action.vm_uuid) &&
                                   (!filter.open_only || !controller::is_final(entry->action.state)) &&
                                   (!filter.under_way_only || controller::is_under_way(entry->action.state));
            if (asked_for) {
                actions.push_back(entry->action);
            }
        }
        return actions;
    });
}

inventory::Result<std::vector<FakeJournal::Step>> FakeJournal::steps(std::uint64_t action_id) {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        const auto* entry = entry_of(action_id);
        return entry == nullptr ? std::vector<Step>{} : entry->steps;
    });
}

inventory::Result<std::vector<FakeJournal::Evidence>> FakeJournal::evidence(std::uint64_t action_id) {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        const auto* entry = entry_of(action_id);
        std::vector<Evidence> evidence;
        if (entry != nullptr) {
            std::ranges::transform(entry->evidence, std::back_inserter(evidence), &KeptEvidence::evidence);
        }
        return evidence;
    });
}

inventory::Result<std::vector<controller::Attempt>> FakeJournal::attempts_on(const std::string& vm_uuid) {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        std::vector<Attempt> found;
        std::ranges::copy_if(attempts_, std::back_inserter(found),
                             [&](const Attempt& attempt) { return attempt.vm_uuid == vm_uuid; });
        return found;
    });
}

inventory::Result<std::vector<controller::Attempt>> FakeJournal::attempts_on_open_vms() {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        std::set<std::string> open;
        for (const auto& entry : entries_) {
            if (!controller::is_final(entry.action.state)) {
                open.insert(entry.action.vm_uuid);
            }
        }
        std::vector<Attempt> found;
        std::ranges::copy_if(attempts_, std::back_inserter(found),
                             [&](const Attempt& attempt) { return open.contains(attempt.vm_uuid); });
        return found;
    });
}

inventory::Result<std::vector<controller::Attempt>> FakeJournal::attempts_without_outcome() {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        std::vector<Attempt> found;
        std::ranges::copy_if(attempts_, std::back_inserter(found),
                             [](const Attempt& attempt) { return !attempt.outcome; });
        return found;
    });
}

inventory::Result<std::map<controller::ActionState, std::uint64_t>> FakeJournal::count_by_state() {
    const std::lock_guard lock(mutex_);
    return working().map([&] {
        std::map<ActionState, std::uint64_t> counts;
        for (const auto& entry : entries_) {
            ++counts[entry.action.state];
        }
        return counts;
    });
}

inventory::Result<controller::Action> FakeJournal::advance(const Action& action, ActionState to,
                                                           std::string_view note, Time now) {
    const std::lock_guard lock(mutex_);
    return leading().and_then([&] { return check_step(action, to); }).map([&] {
        auto& entry = *entry_of(action.id);
        move(entry, to, note, now);
        return entry.action;
    });
}

inventory::Result<std::uint64_t> FakeJournal::keep_evidence(std::uint64_t action_id,
                                                            const Evidence& evidence) {
    const std::lock_guard lock(mutex_);
    return leading().and_then([&]() -> Result<std::uint64_t> {
        auto* entry = entry_of(action_id);
        if (entry == nullptr) {
            return failure("no such action");
        }
        entry->evidence.push_back({++evidence_kept_, evidence});
        return evidence_kept_;
    });
}

std::optional<std::string> FakeJournal::evidence_by_id(std::uint64_t evidence_id) {
    const std::lock_guard lock(mutex_);
    for (const auto& entry : entries_) {
        const auto kept = std::ranges::find(entry.evidence, evidence_id, &KeptEvidence::id);
        if (kept != entry.evidence.end()) {
            return kept->evidence.json;
        }
    }
    return std::nullopt;
}

inventory::Status FakeJournal::check_proof(const Action& action, std::uint64_t evidence_id) {
    const auto* entry = entry_of(action.id);
    const bool is_there =
        entry != nullptr && std::ranges::any_of(entry->evidence, [&](const KeptEvidence& kept) {
            return kept.id == evidence_id && kept.evidence.kind == "second_decision";
        });
    return is_there ? Status{} : failure("its second decision is not in the journal");
}

inventory::Result<controller::Attempt> FakeJournal::begin_attempt(const Action& action, const Intent& intent,
                                                                  Time now) {
    const std::lock_guard lock(mutex_);
    const auto allowed =
        leading().and_then([&] { return check_proof(action, intent.evidence_id); }).and_then([&] {
            return check_step(action, ActionState::intent);
        });
    if (!allowed) {
        return tl::unexpected(allowed.error());
    }
    if (std::ranges::any_of(attempts_, [&](const Attempt& attempt) {
            return attempt.vm_uuid == action.vm_uuid && !attempt.outcome;
        })) {
        return failure("another attempt on the VM has no outcome yet");
    }
    const auto earlier = std::ranges::count(attempts_, action.id, &Attempt::action_id);
    attempts_.push_back({.id = attempts_.size() + 1,
                         .action_id = action.id,
                         .number = static_cast<std::uint32_t>(earlier + 1),
                         .vm_uuid = action.vm_uuid,
                         .command = intent.command,
                         .evidence_id = intent.evidence_id,
                         .intent_at = now,
                         .expires_at = intent.expires_at,
                         .judged_update_count = intent.judged_update_count,
                         .job_id = std::nullopt,
                         .outcome = std::nullopt,
                         .ended_at = std::nullopt,
                         .note = {}});
    move(*entry_of(action.id), ActionState::intent, "attempt begun", now);
    return attempts_.back();
}

inventory::Status FakeJournal::note_job(std::uint64_t attempt_id, const NotedJob& job) {
    const std::lock_guard lock(mutex_);
    return leading().and_then([&]() -> Status {
        auto* attempt = attempt_of(attempt_id);
        if (attempt == nullptr || attempt->outcome) {
            return failure("no such open attempt");
        }
        attempt->job_id = job.id;
        attempt->accepted = job.accepted;
        return {};
    });
}

inventory::Status FakeJournal::end_attempt(const Attempt& attempt, const Ending& ending, Time now) {
    const std::lock_guard lock(mutex_);
    return leading().and_then([&]() -> Status {
        auto* open = attempt_of(attempt.id);
        if (open == nullptr || open->outcome) {
            return failure("no such open attempt");
        }
        auto* entry = entry_of(open->action_id);
        if (auto allowed = check_step(entry->action, ending.to); !allowed) {
            return allowed;
        }
        open->outcome = ending.outcome;
        open->ended_at = now;
        open->note = ending.note;
        entry->action.stage = ending.stage;
        move(*entry, ending.to, ending.note, now);
        return {};
    });
}

}  // namespace test_support
