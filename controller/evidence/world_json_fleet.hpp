#pragma once

#include "controller/evidence/json_values.hpp"

// What is beyond the one VM, as JSON. For .cpp files only.
namespace controller::evidence {

Json json_of(const std::optional<FleetFacts>& fleet, inventory::Time now);
Json json_of(const std::optional<ScopeFacts>& scope);

}  // namespace controller::evidence
