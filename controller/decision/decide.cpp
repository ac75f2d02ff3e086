#include "controller/decision/decide.hpp"

#include <algorithm>

#include "controller/decision/guards/guards.hpp"
#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision {
namespace {

std::vector<GuardVerdict> ask_all_guards(const Action& action, const World& world, const Policy& policy) {
    std::vector<GuardVerdict> verdicts;
    verdicts.reserve(guards::all.size());
    for (const auto& guard : guards::all) {
        if (guard.asked_for.contains(action.remedy)) {
            verdicts.push_back(
                {std::string{guard.name}, std::string{guard.claim}, guard.refuse(action, world, policy)});
        }
    }
    return verdicts;
}

bool any_refuses(const std::vector<GuardVerdict>& verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(),
                       [](const GuardVerdict& verdict) { return verdict.refusal.has_value(); });
}

}  // namespace

Decision decide(const Action& action, const World& world, const Policy& policy) {
    Decision decision{ask_all_guards(action, world, policy), std::nullopt};
    if (!any_refuses(decision.verdicts) && world.vm() != nullptr) {
        decision.plan = remedies::of(action.remedy).plan(action, world);
    }
    return decision;
}

}  // namespace controller::decision
