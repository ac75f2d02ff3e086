#pragma once

#include "controller/evidence/json_values.hpp"
#include "controller/model/operators.hpp"

// What operators said, as JSON. For .cpp files only.
namespace controller::evidence {

Json json_of(const Word& word);
Json json_of(const Pause& pause);
Json json_of(const Approval& approval);
Json json_of(const Lift& lift);
Json json_of(const Acknowledgement& acknowledgement);
Json json_of(const Silence& silence);
Json json_of(const OperatorFacts& facts, inventory::Time now);

}  // namespace controller::evidence
