#pragma once

#include "controller/evidence/facts_reader.hpp"
#include "controller/model/world.hpp"

// For .cpp files only.
namespace controller::evidence {

inventory::HostRecord host_from(const FactsReader& facts);
inventory::ManagementServer manager_from(const FactsReader& facts);
/// A domain in a state that this version does not know is one all the same.
CandidateHost candidate_from(const FactsReader& facts);

}  // namespace controller::evidence
