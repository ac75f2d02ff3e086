#include "controller/replay/recorded_action.hpp"

#include <optional>

#include "controller/evidence/evidence.hpp"
#include "controller/evidence/world_from_json.hpp"
#include "controller/json/bounded_json.hpp"
#include "inventory/support/rfc3339.hpp"

namespace controller::replay {
namespace {

using nlohmann::json;

std::string text_at(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<inventory::Time> time_at(const json& object, const char* key) {
    return inventory::parse_rfc3339(text_at(object, key));
}

std::optional<Action> action_in(const json& answer) {
    const auto remedy = parse_remedy(text_at(answer, "remedy"));
    const auto state = parse_action_state(text_at(answer, "state"));
    const auto id = answer.find("id");
    if (!remedy || !state || id == answer.end() || !id->is_number_unsigned()) {
        return std::nullopt;
    }
    Action action;
    action.id = id->get<std::uint64_t>();
    action.remedy = *remedy;
    action.alert_name = text_at(answer, "alert");
    action.fingerprint = text_at(answer, "fingerprint");
    action.starts_at = time_at(answer, "starts_at").value_or(inventory::Time{});
    action.vm_uuid = text_at(answer, "vm_id");
    action.state = *state;
    action.state_since = time_at(answer, "since").value_or(inventory::Time{});
    action.stage = parse_stage(text_at(answer, "stage")).value_or(Stage::first);
    return action;
}

bool is_decision(const std::string& kind) {
    return kind == evidence::first_decision || kind == evidence::second_decision;
}

RecordedDecision decision_in(const json& entry, const std::string& vm_uuid) {
    RecordedDecision decision;
    decision.kind = text_at(entry, "kind");
    decision.at = time_at(entry, "at").value_or(inventory::Time{});
    const auto content = entry.contains("content") ? entry.at("content") : json{};
    const auto text = content.dump(-1, ' ', false, json::error_handler_t::replace);
    auto recorded = evidence::world_from_json(text, vm_uuid);
    const auto verdicts = evidence::verdicts_of(text);
    if (!recorded || !verdicts) {
        decision.trouble = recorded ? verdicts.error().message : recorded.error().message;
        return decision;
    }
    decision.world = std::move(recorded->world);
    decision.lacking = std::move(recorded->lacking);
    for (const auto& verdict : *verdicts) {
        if (verdict.holds()) {
            decision.refused_by.push_back(verdict.guard);
        }
    }
    decision.acted = content.is_object() && content.contains("acts") && content.at("acts") == true;
    return decision;
}

}  // namespace

inventory::Result<RecordedAction> read_recorded_action(std::string_view text) {
    constexpr int depth = 20;
    const auto answer = parse_bounded_json(text, depth);
    const auto action = answer && answer->is_object() ? action_in(*answer) : std::nullopt;
    if (!action || !answer->contains("evidence") || !answer->at("evidence").is_array()) {
        return inventory::failure(
            "this is no action with its evidence, as `wardenctl --json actions ID` prints it");
    }
    RecordedAction recorded{*action, text_at(*answer, "vm"), {}};
    recorded.vm = recorded.vm.empty() ? action->vm_uuid : recorded.vm;
    for (const auto& entry : answer->at("evidence")) {
        if (entry.is_object() && is_decision(text_at(entry, "kind"))) {
            recorded.decisions.push_back(decision_in(entry, action->vm_uuid));
        }
    }
    return recorded;
}

}  // namespace controller::replay
