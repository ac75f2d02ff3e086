#include "controller/decision/decide.hpp"

#include <algorithm>

#include "controller/decision/guards/guards.hpp"
#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision {
namespace {

/// The word of a human by which this guard need not hold the action, if there is one that is good now.
std::optional<Lift> lift_of(std::string_view guard, const Action& action, const World& world) {
    if (!may_be_lifted(guard) || !world.operators) {
        return std::nullopt;
    }
    for (const auto& lift : world.operators->lifts) {
        if (lift.guard == guard && lift.action_id == action.id && lift.word.at <= world.now &&
            world.now < lift.until) {
            return lift;
        }
    }
    return std::nullopt;
}

/// A refusal that is lifted stays visible, with who lifted it and why.
GuardVerdict ask(const Guard& guard, const Action& action, const World& world, const Policy& policy) {
    GuardVerdict verdict{std::string{guard.name}, std::string{guard.claim},
                         guard.refuse(action, world, policy)};
    if (verdict.refusal) {
        verdict.lifted = lift_of(guard.name, action, world);
    }
    return verdict;
}

std::vector<GuardVerdict> ask_all_guards(const Action& action, const World& world, const Policy& policy) {
    std::vector<GuardVerdict> verdicts;
    verdicts.reserve(guards::all.size());
    for (const auto& guard : guards::all) {
        if (guard.asked_for.contains(action.remedy)) {
            verdicts.push_back(ask(guard, action, world, policy));
        }
    }
    return verdicts;
}

bool any_holds(const std::vector<GuardVerdict>& verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(),
                       [](const GuardVerdict& verdict) { return verdict.holds(); });
}

}  // namespace

Decision decide(const Action& action, const World& world, const Policy& policy) {
    Decision decision{ask_all_guards(action, world, policy), std::nullopt};
    if (!any_holds(decision.verdicts) && world.vm() != nullptr) {
        decision.plan = remedies::of(action.remedy).plan(action, world);
    }
    return decision;
}

}  // namespace controller::decision
