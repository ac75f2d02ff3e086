#include "controller/loop/journal_reading.hpp"

#include <algorithm>
#include <utility>

namespace controller::loop {
namespace {

using inventory::failure;
using inventory::Result;

/// More than can ever be under way at once.
constexpr std::uint32_t most_under_way = 10'000;

Result<std::vector<Action>> under_way(journal::Journal& journal) {
    auto actions = journal.list({.under_way_only = true, .limit = most_under_way});
    return actions ? actions : failure("cannot read the actions under way", actions.error());
}

/// What is certain of its alert's labels when the journal does not have them all.
KnownLabels labels_of(const Action& action, const std::optional<Labels>& all) {
    auto labels = all.value_or(Labels{});
    labels.emplace("alertname", action.alert_name);
    labels.emplace("vm_id", action.vm_uuid);
    return {std::move(labels), all.has_value()};
}

OperatorFacts operator_facts(const Action& action, const journal::OperatorsWords& words,
                             const Silences& silences) {
    auto word = words.on(action);
    auto covering = silences.covering(labels_of(action, word.labels));
    return {.pauses = std::move(word.pauses),
            .approvals = std::move(word.approvals),
            .lifts = std::move(word.lifts),
            .acknowledgement = std::move(word.acknowledgement),
            .whereabouts = {},
            .silences = std::move(covering)};
}

}  // namespace

Result<JournalReading> JournalReading::of_all(const Surroundings& around, std::uint32_t limit) {
    auto& journal = around.journal;
    JournalReading reading;
    reading.silences_ = &around.silences;
    auto words = around.operators.words_on_open_actions(around.clock());
    if (!words) {
        return tl::unexpected(words.error());
    }
    reading.words_ = std::move(*words);
    auto open = journal.list({.open_only = true, .limit = limit});
    if (!open) {
        return failure("cannot read the open actions", open.error());
    }
    reading.open_ = std::move(*open);
    std::ranges::reverse(reading.open_);
    auto attempts = journal.attempts_on_open_vms();
    if (!attempts) {
        return failure("cannot read the attempts on VMs with open actions", attempts.error());
    }
    reading.note(*attempts);
    auto busy = under_way(journal);
    if (!busy) {
        return tl::unexpected(busy.error());
    }
    reading.under_way_ = std::move(*busy);
    return reading;
}

Result<JournalReading> JournalReading::of_one(const Surroundings& around, const Action& action) {
    auto& journal = around.journal;
    JournalReading reading;
    reading.silences_ = &around.silences;
    auto words = around.operators.words_on(action, around.clock());
    if (!words) {
        return tl::unexpected(words.error());
    }
    reading.words_ = std::move(*words);
    auto attempts = journal.attempts_on(action.vm_uuid);
    if (!attempts) {
        return failure("cannot read the attempts on VM " + action.vm_uuid, attempts.error());
    }
    reading.note(*attempts);
    auto busy = under_way(journal);
    if (!busy) {
        return tl::unexpected(busy.error());
    }
    reading.under_way_ = std::move(*busy);
    return reading;
}

JournalFacts JournalReading::facts_on(const Action& action) const {
    JournalFacts facts;
    facts.operators = operator_facts(action, words_, *silences_);
    if (const auto found = attempts_.find(action.vm_uuid); found != attempts_.end()) {
        facts.attempts = found->second;
    }
    for (const auto& other : under_way_) {
        if (other.vm_uuid == action.vm_uuid && other.id != action.id) {
            facts.others_under_way.push_back(other.id);
        }
    }
    return facts;
}

std::set<std::string> JournalReading::busy_vms(const Action& apart_from) const {
    std::set<std::string> vms;
    for (const auto& action : under_way_) {
        if (action.id != apart_from.id) {
            vms.insert(action.vm_uuid);
        }
    }
    return vms;
}

void JournalReading::note(const std::vector<Attempt>& attempts) {
    for (const auto& attempt : attempts) {
        attempts_[attempt.vm_uuid].push_back(attempt);
    }
}

}  // namespace controller::loop
