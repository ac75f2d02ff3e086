#pragma once

#include "controller/evidence/facts_reader.hpp"
#include "controller/model/fleet.hpp"
#include "controller/model/scope.hpp"

// For .cpp files only.
namespace controller::evidence {

FleetFacts fleet_from(const FactsReader& facts);
ScopeFacts scope_from(const FactsReader& facts);

}  // namespace controller::evidence
