#pragma once

#include <optional>

#include "controller/model/action.hpp"
#include "controller/model/policy.hpp"
#include "controller/model/world.hpp"

namespace controller::decision {

/// What the operator allows for the action's remedy; without a word of his, the cautious default.
RemedyPolicy policy_of(const Action& action, const Policy& policy);

/// How long CloudStack is waited for: its own grace and our margin, in seconds. nullopt: ping.interval is
/// unknown, so this is too.
std::optional<double> seconds_of_grace(const World& world, const RemedyPolicy& remedy);

}  // namespace controller::decision
