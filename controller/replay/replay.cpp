#include "controller/replay/replay.hpp"

#include <algorithm>
#include <iterator>

#include "controller/decision/decide.hpp"

namespace controller::replay {
namespace {

std::vector<std::string> refusing(const Decision& decision) {
    std::vector<std::string> guards;
    for (const auto& verdict : decision.verdicts) {
        if (verdict.holds()) {
            guards.push_back(verdict.guard);
        }
    }
    return guards;
}

std::vector<std::string> without(const std::vector<std::string>& all,
                                 const std::vector<std::string>& others) {
    std::vector<std::string> left;
    std::copy_if(all.begin(), all.end(), std::back_inserter(left), [&others](const std::string& one) {
        return std::find(others.begin(), others.end(), one) == others.end();
    });
    return left;
}

/// The remedy comes from the configuration: an alert may be turned away now, or ask for another.
std::string routing_of(const Action& action, const Rules& rules) {
    const auto found = rules.alerts.find(action.alert_name);
    if (found == rules.alerts.end()) {
        return "its alert would be turned away: " + action.alert_name + " asks for nothing";
    }
    if (found->second == action.remedy) {
        return {};
    }
    return "its alert would ask for " + std::string{to_word(found->second)} + " instead";
}

Comparison compare(const Action& action, const RecordedDecision& recorded, const Policy& policy) {
    Comparison comparison{.at = recorded.at,
                          .kind = recorded.kind,
                          .acted = recorded.acted,
                          .would_act = false,
                          .refuse_now = {},
                          .refuse_no_more = {},
                          .lacking = recorded.lacking,
                          .trouble = recorded.trouble};
    if (recorded.trouble.empty()) {
        const auto decision = decision::decide(action, recorded.world, policy);
        const auto now = refusing(decision);
        comparison.would_act = decision.acts();
        comparison.refuse_now = without(now, recorded.refused_by);
        comparison.refuse_no_more = without(recorded.refused_by, now);
    }
    return comparison;
}

}  // namespace

Replayed replay(const RecordedAction& recorded, const Rules& rules) {
    const auto& action = recorded.action;
    Replayed replayed{action.id,
                      recorded.vm,
                      std::string{to_word(action.remedy)},
                      action.alert_name,
                      routing_of(action, rules),
                      {}};
    for (const auto& decision : recorded.decisions) {
        replayed.decisions.push_back(compare(action, decision, rules.policy));
    }
    return replayed;
}

}  // namespace controller::replay
