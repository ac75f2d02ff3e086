#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "controller/model/decision.hpp"
#include "controller/model/world.hpp"
#include "inventory/support/error.hpp"

namespace controller::evidence {

/// The kinds under which decisions are kept in the journal.
inline constexpr std::string_view first_decision = "first_decision";
inline constexpr std::string_view second_decision = "second_decision";

/// Everything that a decision rested on, each fact with its age, and what every guard said. What is unknown
/// is null. This is what the journal keeps and what the API shows.
std::string to_json(const World& world, const Decision& decision);

/// The verdicts out of such a text. Error: it is none of ours.
inventory::Result<std::vector<GuardVerdict>> verdicts_of(std::string_view json);

}  // namespace controller::evidence
