#pragma once

#include "controller/evidence/facts_reader.hpp"
#include "controller/model/move_world.hpp"

// For .cpp files only.
namespace controller::evidence {

MoveWorld move_world_from(const FactsReader& facts);

}  // namespace controller::evidence
