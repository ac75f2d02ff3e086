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

}  // namespace

Result<JournalReading> JournalReading::of_all(journal::Journal& journal, std::uint32_t limit) {
    JournalReading reading;
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

Result<JournalReading> JournalReading::of_one(journal::Journal& journal, const Action& action) {
    JournalReading reading;
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
