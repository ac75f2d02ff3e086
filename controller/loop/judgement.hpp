#pragma once

#include <string>

#include "controller/loop/fleet_watch.hpp"
#include "controller/loop/journal_reading.hpp"
#include "controller/loop/surroundings.hpp"

namespace controller::loop {

/// One decision with the world that it was made on.
struct Judgement {
    World world;
    Decision decision;
};

/// What one step of the loop has read, to judge every waiting action on.
struct StepFacts {
    std::shared_ptr<const CloudIndex> cloud;
    std::shared_ptr<const FleetSight> fleet;  ///< null until the cloud's records have been read
    const JournalReading& journal;
    std::set<std::string> handed_out{};  ///< VMs that a task of ours works on: it may be about to begin
    std::optional<Leadership> leadership{};
};

/// The first decision, on what its step has read. Of the surroundings only the VM's past is read, for the
/// remedies that ask for it, and what is known of its move.
Judgement judge_in_step(const Action& action, const StepFacts& facts, const Surroundings& around,
                        const LoopSettings& settings);

/// The first decision for one action alone: on the newest snapshot. Errors: the journal could not be read.
inventory::Result<Judgement> judge_on_snapshot(const Action& action, const Surroundings& around,
                                               const LoopSettings& settings);

/// A snapshot read for one decision alone.
inventory::Result<std::shared_ptr<const inventory::Snapshot>> read_afresh(const std::string& vm_uuid,
                                                                          const Surroundings& around);

/// The second decision: the same function, on facts read for it alone. Only this one may act.
inventory::Result<Judgement> judge_afresh(const Action& action, std::uint64_t judged_update_count,
                                          std::shared_ptr<const inventory::Snapshot> fresh,
                                          const Surroundings& around, const LoopSettings& settings);

/// The world of the action's VM read afresh, for verification.
inventory::Result<World> read_world_afresh(const Action& action, const Surroundings& around,
                                           const LoopSettings& settings);

/// Names of the guards that hold, in their order: "grace, witnesses".
std::string refusing_guards(const Decision& decision);

/// The state of a waiting action after a first decision: decided; observed or awaiting_approval when nothing
/// but its mode holds it; else held.
ActionState state_after(const Action& action, const Decision& decision, const Policy& policy);

}  // namespace controller::loop
