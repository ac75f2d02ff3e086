#include "controller/evidence/json_values.hpp"

#include <variant>

#include "controller/evidence/operators_json.hpp"
#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_or_null(const std::optional<inventory::Time>& time) {
    return time ? Json(inventory::to_rfc3339_exactly(*time)) : Json();
}

Json moment(const std::optional<inventory::Time>& at, inventory::Time now) {
    if (!at) {
        return {};
    }
    return {{"at", inventory::to_rfc3339(*at)}, {"age_seconds", inventory::to_seconds(now - *at)}};
}

Json json_of(const Attempt& attempt) {
    return {{"id", attempt.id},
            {"action_id", attempt.action_id},
            {"number", attempt.number},
            {"command", to_word(attempt.command)},
            {"evidence_id", attempt.evidence_id},
            {"intent_at", inventory::to_rfc3339_exactly(attempt.intent_at)},
            {"expires_at", inventory::to_rfc3339_exactly(attempt.expires_at)},
            {"judged_update_count", attempt.judged_update_count},
            {"job_id", json_or_null(attempt.job_id)},
            {"accepted", attempt.accepted},
            {"outcome", attempt.outcome ? Json(to_word(*attempt.outcome)) : Json()},
            {"ended_at", json_or_null(attempt.ended_at)},
            {"note", attempt.note}};
}

Json json_of(const Leadership& known) {
    return {{"controller", known.controller},
            {"leader", known.leads()},
            {"holder", known.holder.empty() ? Json() : Json(known.holder)},
            {"token", known.token == 0 ? Json() : Json(known.token)},
            {"taken_at", json_or_null(known.taken_at)},
            {"expires", json_or_null(known.expires_at)},
            {"left_seconds", known.left ? Json(inventory::to_seconds(*known.left)) : Json()},
            {"trouble", known.trouble.empty() ? Json() : Json(known.trouble)}};
}

Json json_of(const GuardVerdict& verdict) {
    Json json{{"guard", verdict.guard}, {"claim", verdict.claim}, {"passes", !verdict.refusal}};
    if (verdict.refusal) {
        json["sentence"] = verdict.refusal->sentence;
        json["facts"] = Json::object();
        for (const auto& [name, value] : verdict.refusal->facts) {
            json["facts"][name] = value;
        }
        json["lifted_by"] = verdict.refusal->lifted_by;
        json["lifted"] = verdict.lifted ? json_of(*verdict.lifted) : Json();
    }
    return json;
}

Json json_of(const std::vector<GuardVerdict>& verdicts) {
    Json list = Json::array();
    for (const auto& verdict : verdicts) {
        list.push_back(json_of(verdict));
    }
    return list;
}

namespace {

Json call_of(const StopVm& stop) {
    return {{"stop_vm", {{"vm_id", stop.vm_uuid}, {"forced", stop.forced}}}};
}

Json call_of(const StartVm& start) {
    return {{"start_vm", {{"vm_id", start.vm_uuid}}}};
}

Json call_of(const AssignVm& assign) {
    return {{"assign_vm", {{"vm_id", assign.vm_uuid}, {"target", evidence::json_of(assign.target)}}}};
}

}  // namespace

Json json_of(const std::optional<Plan>& plan) {
    return plan ? std::visit([](const auto& one) { return call_of(one); }, *plan) : Json();
}

}  // namespace controller::evidence
