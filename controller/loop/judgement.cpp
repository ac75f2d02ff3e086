#include "controller/loop/judgement.hpp"

#include <algorithm>
#include <utility>

#include "controller/decision/decide.hpp"

namespace controller::loop {
namespace {

using inventory::failure;
using inventory::Result;

Result<JournalFacts> journal_facts(const Action& action, journal::Journal& journal) {
    auto attempts = journal.attempts_on(action.vm_uuid);
    if (!attempts) {
        return failure("cannot read the attempts on VM " + action.vm_uuid, attempts.error());
    }
    auto actions = journal.list({.vm_uuid = action.vm_uuid, .open_only = true});
    if (!actions) {
        return failure("cannot read the actions on VM " + action.vm_uuid, actions.error());
    }
    JournalFacts facts{.attempts = std::move(*attempts)};
    for (const auto& other : *actions) {
        if (other.id != action.id && is_under_way(other.state)) {
            facts.others_under_way.push_back(other.id);
        }
    }
    return facts;
}

Judgement judge(const Action& action, World world, const LoopSettings& settings) {
    auto decision = decision::decide(action, world, settings.policy);
    return {.world = std::move(world), .decision = std::move(decision)};
}

}  // namespace

Result<Judgement> judge_on_snapshot(const Action& action, const Surroundings& around,
                                    const LoopSettings& settings) {
    auto facts = journal_facts(action, around.journal);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const auto snapshot = around.cloud.latest();
    const Reading reading{.limits = settings.limits, .now = around.clock()};
    return judge(action, gather(action.vm_uuid, *snapshot, std::move(*facts), reading), settings);
}

Result<Judgement> judge_afresh(const Action& action, std::uint64_t judged_update_count,
                               const Surroundings& around, const LoopSettings& settings) {
    auto snapshot = around.cloud.read_afresh(action.vm_uuid);
    if (!snapshot) {
        return failure("cannot read VM " + action.vm_uuid + " afresh", snapshot.error());
    }
    auto facts = journal_facts(action, around.journal);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const Reading reading{.limits = settings.limits,
                          .now = around.clock(),
                          .fresh = true,
                          .judged_update_count = judged_update_count};
    return judge(action, gather(action.vm_uuid, *snapshot, std::move(*facts), reading), settings);
}

Result<World> read_world_afresh(const std::string& vm_uuid, const Surroundings& around,
                                const LoopSettings& settings) {
    const auto snapshot = around.cloud.read_afresh(vm_uuid);
    if (!snapshot) {
        return failure("cannot read VM " + vm_uuid + " afresh", snapshot.error());
    }
    const Reading reading{.limits = settings.limits, .now = around.clock(), .fresh = true};
    return gather(vm_uuid, *snapshot, {}, reading);
}

std::string refusing_guards(const Decision& decision) {
    std::string names;
    for (const auto& verdict : decision.verdicts) {
        if (verdict.refusal) {
            names += (names.empty() ? "" : ", ") + verdict.guard;
        }
    }
    return names;
}

bool only_mode_holds(const Action& action, const Decision& decision, const Policy& policy) {
    const auto remedy = policy.remedies.find(action.remedy);
    const bool observing = remedy != policy.remedies.end() && remedy->second.mode == Mode::observe;
    return observing && decision.is_held_only_by("mode");
}

}  // namespace controller::loop
