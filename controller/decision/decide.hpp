#pragma once

#include "controller/decision/guard.hpp"

namespace controller::decision {

/// The one guard pipeline: asks every guard, reports every refusal, and gives a plan only when none refuses,
/// but for what a human has lifted. Called twice per action: on the snapshot, and again on facts read for it
/// alone; only the second may act. Pure.
Decision decide(const Action& action, const World& world, const Policy& policy);

}  // namespace controller::decision
