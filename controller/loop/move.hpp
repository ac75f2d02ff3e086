#pragma once

#include "controller/decision/move_outcome.hpp"
#include "controller/loop/follow.hpp"
#include "controller/model/world.hpp"

namespace controller::loop {

/// What the journal and CloudStack know of the newest move of the VM, read now; nullopt when the journal
/// could not be read.
std::optional<MoveWorld> read_move_world(const std::string& vm_uuid, const Surroundings& around);

/// Notes which action tries the move, and what the second decision saw of the move's event, before the
/// intent. False when that cannot be written: then nothing is tried.
bool note_move_try(const Action& action, const World& world, const Surroundings& around);

/// The call of assignVirtualMachine, once, and what became of it. A lost answer stays open for settle_move().
void call_move(Flight flight, const Plan& plan, const Surroundings& around, const LoopSettings& settings);

/// Looks once what became of a move whose answer nobody has: its owner and its newest VM.MOVE event tell
/// (reference 5.6). It stays open while CloudStack may still be at it. Nothing is ever sent from here.
void settle_move(Flight flight, const Surroundings& around, const LoopSettings& settings);

}  // namespace controller::loop
