#include "controller/api/action_json.hpp"

#include <algorithm>

#include "controller/evidence/evidence.hpp"
#include "controller/json/bounded_json.hpp"

namespace controller::api {

using evidence::Json;

Json json_of(const Action& action, const std::optional<VmIdentity>& vm) {
    return {{"id", action.id},
            {"remedy", to_word(action.remedy)},
            {"vm_id", action.vm_uuid},
            {"vm", vm ? Json(vm->instance_name) : Json()},
            {"state", to_word(action.state)},
            {"stage", to_word(action.stage)},
            {"since", inventory::to_rfc3339(action.state_since)},
            {"alert", action.alert_name},
            {"fingerprint", action.fingerprint},
            {"starts_at", inventory::to_rfc3339(action.starts_at)}};
}

Json json_of(const journal::Step& step) {
    return {{"at", inventory::to_rfc3339(step.at)}, {"state", to_word(step.state)}, {"note", step.note}};
}

Json json_of(const journal::Evidence& evidence) {
    constexpr int depth = 16;
    const auto content = parse_bounded_json(evidence.json, depth);
    return {{"at", inventory::to_rfc3339(evidence.at)},
            {"kind", evidence.kind},
            {"content", content ? Json(*content) : Json(evidence.json)}};
}

inventory::Result<std::vector<GuardVerdict>> newest_verdicts(const std::vector<journal::Evidence>& evidence) {
    const journal::Evidence* newest = nullptr;
    for (const auto& entry : evidence) {
        const bool decides =
            entry.kind == evidence::first_decision || entry.kind == evidence::second_decision;
        if (decides && (newest == nullptr || entry.at >= newest->at)) {
            newest = &entry;
        }
    }
    if (newest == nullptr) {
        return std::vector<GuardVerdict>{};
    }
    return evidence::verdicts_of(newest->json);
}

Json json_of(const Explanation& explanation) {
    const auto& decision = explanation.decision;
    return {{"vm_id", explanation.vm.uuid},
            {"vm", explanation.vm.instance_name},
            {"remedy", to_word(explanation.remedy)},
            {"action", explanation.action ? json_of(*explanation.action, explanation.vm) : Json()},
            {"acts", decision.acts()},
            {"plan", evidence::json_of(decision.plan)},
            {"world", evidence::json_of(explanation.world)},
            {"verdicts", evidence::json_of(decision.verdicts)}};
}

}  // namespace controller::api
