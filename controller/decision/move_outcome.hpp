#pragma once

#include <optional>
#include <string>

#include "controller/model/action.hpp"
#include "controller/model/move_failure.hpp"
#include "controller/model/move_world.hpp"

namespace controller::decision {

/// What CloudStack answered to assignVirtualMachine. It is synchronous: an answer means that it is over.
struct MoveAnswer {
    std::optional<int> error_code;  ///< null: it says that the VM was moved
    std::string text;
    inventory::Duration took{};
};

/// A try as far as it is known.
struct MoveTry {
    inventory::Time intent_at;
    std::optional<MoveAnswer> answer;  ///< null: lost, or nobody is left who heard it
    bool is_waited_out = false;        ///< no more is to be expected
};

/// How a try has ended; nullopt while it may go on.
struct MoveEnd {
    AttemptOutcome outcome = AttemptOutcome::unverified;
    std::optional<MoveFailure> failure;
    std::string note;

    bool operator==(const MoveEnd&) const = default;
};

/// Tells from whose the VM is and from its newest VM.MOVE event what became of a try (reference 5.6): an
/// answer alone is no outcome, and a lost answer says nothing. Pure.
std::optional<MoveEnd> judge_try(const MoveTry& tried, const MoveWorld& world);

}  // namespace controller::decision
