#pragma once

#include <vector>

#include "controller/model/move.hpp"
#include "controller/model/precondition.hpp"

namespace controller::decision {

/// Asks every precondition, in the order in which CloudStack checks them; ours come last. Pure.
std::vector<Precondition> preflight(const MoveTarget& target, const MoveFacts& facts);

}  // namespace controller::decision
