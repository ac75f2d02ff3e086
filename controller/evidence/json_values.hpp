#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "controller/model/decision.hpp"
#include "controller/model/world.hpp"

// Our values as JSON, the one place where their shapes are decided. For .cpp files only: the library is
// heavy.
namespace controller::evidence {

/// Keeps the order in which it was written, which is the order in which a person reads it.
using Json = nlohmann::ordered_json;

/// Never throws: what is not UTF-8 (a libvirt message, a name) becomes U+FFFD.
std::string text_of(const Json& json);

Json json_of(const World& world);
Json json_of(const Leadership& known);
Json json_of(const Attempt& attempt);
Json json_of(const GuardVerdict& verdict);
Json json_of(const std::vector<GuardVerdict>& verdicts);
Json json_of(const std::optional<Plan>& plan);
Json json_of(const MoveTarget& target);
Json json_of(const Move& move);
Json json_of(const MoveWorld& world);

/// null when unknown.
template <class T>
Json json_or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}
Json json_or_null(const std::optional<inventory::Time>& time);

/// {"at": "2026-...Z", "age_seconds": 1.5}, or null.
Json moment(const std::optional<inventory::Time>& at, inventory::Time now);

}  // namespace controller::evidence
