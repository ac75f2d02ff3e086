#include "controller/evidence/evidence.hpp"

#include <optional>
#include <utility>

#include "controller/evidence/json_values.hpp"
#include "controller/json/bounded_json.hpp"
#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {
namespace {

using Foreign = nlohmann::json;

inventory::Error not_ours() {
    return {"the evidence holds no verdicts that this version can read", false};
}

std::optional<std::string> text_at(const Foreign& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? std::optional{found->get<std::string>()}
                                                       : std::nullopt;
}

std::optional<Refusal> refusal_of(const Foreign& json) {
    auto sentence = text_at(json, "sentence");
    auto lifted_by = text_at(json, "lifted_by");
    const auto facts = json.find("facts");
    if (!sentence || !lifted_by || facts == json.end() || !facts->is_object()) {
        return std::nullopt;
    }
    Refusal refusal{std::move(*sentence), {}, std::move(*lifted_by)};
    for (const auto& [name, value] : facts->items()) {
        if (!value.is_string()) {
            return std::nullopt;
        }
        refusal.facts.emplace_back(name, value.get<std::string>());
    }
    return refusal;
}

/// Whoever lifted a refusal, out of its JSON; nullopt when it is not all there.
std::optional<Lift> lift_of(const Foreign& json) {
    const auto at = [&json](const char* key) {
        return inventory::parse_rfc3339(text_at(json, key).value_or(""));
    };
    const auto id = json.find("id");
    const auto action_id = json.find("action_id");
    if (id == json.end() || !id->is_number_unsigned() || action_id == json.end() ||
        !action_id->is_number_unsigned() || !at("at") || !at("until")) {
        return std::nullopt;
    }
    return Lift{
        .id = id->get<std::uint64_t>(),
        .action_id = action_id->get<std::uint64_t>(),
        .guard = text_at(json, "guard").value_or(""),
        .word = {text_at(json, "operator").value_or(""), text_at(json, "reason").value_or(""), *at("at")},
        .until = *at("until")};
}

std::optional<GuardVerdict> verdict_of(const Foreign& json) {
    if (!json.is_object()) {
        return std::nullopt;
    }
    auto guard = text_at(json, "guard");
    auto claim = text_at(json, "claim");
    const auto passes = json.find("passes");
    if (!guard || !claim || passes == json.end() || !passes->is_boolean()) {
        return std::nullopt;
    }
    GuardVerdict verdict{std::move(*guard), std::move(*claim), std::nullopt};
    if (!passes->get<bool>()) {
        verdict.refusal = refusal_of(json);
        if (const auto lifted = json.find("lifted"); lifted != json.end() && lifted->is_object()) {
            verdict.lifted = lift_of(*lifted);
        }
        return verdict.refusal ? std::optional{verdict} : std::nullopt;
    }
    return verdict;
}

}  // namespace

std::string to_json(const World& world, const Decision& decision) {
    return text_of(Json{{"world", json_of(world)},
                        {"verdicts", json_of(decision.verdicts)},
                        {"acts", decision.acts()},
                        {"plan", json_of(decision.plan)}});
}

inventory::Result<std::vector<GuardVerdict>> verdicts_of(std::string_view json) {
    constexpr int depth = 8;
    const auto document = parse_bounded_json(json, depth);
    if (!document || !document->is_object() || !document->contains("verdicts") ||
        !document->at("verdicts").is_array()) {
        return tl::unexpected(not_ours());
    }
    std::vector<GuardVerdict> verdicts;
    for (const auto& item : document->at("verdicts")) {
        auto verdict = verdict_of(item);
        if (!verdict) {
            return tl::unexpected(not_ours());
        }
        verdicts.push_back(std::move(*verdict));
    }
    return verdicts;
}

}  // namespace controller::evidence
