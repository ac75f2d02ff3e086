#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "controller/model/action.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/world.hpp"
#include "inventory/support/error.hpp"

namespace controller::replay {

/// One decision as it was recorded.
struct RecordedDecision {
    inventory::Time at;
    std::string kind;  ///< "first_decision", "second_decision"
    World world;
    std::vector<std::string> lacking;     ///< facts that the evidence does not tell: unknown
    std::vector<std::string> refused_by;  ///< guards, as it was decided then
    bool acted = false;
    std::string trouble;  ///< why it cannot be judged again; empty: it can
};

/// An action with the decisions that the journal kept of it.
struct RecordedAction {
    Action action;
    std::string vm;  ///< its instance name, else its uuid
    std::vector<RecordedDecision> decisions;
};

/// Reads what GET /api/v1/actions/{id} answers. Error: it is no such answer.
inventory::Result<RecordedAction> read_recorded_action(std::string_view text);

}  // namespace controller::replay
