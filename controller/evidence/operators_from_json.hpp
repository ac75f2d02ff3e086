#pragma once

#include "controller/evidence/facts_reader.hpp"
#include "controller/model/operators.hpp"

// For .cpp files only.
namespace controller::evidence {

OperatorFacts operators_from(const FactsReader& facts);

}  // namespace controller::evidence
