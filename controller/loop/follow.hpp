#pragma once

#include <optional>
#include <string>

#include "controller/loop/surroundings.hpp"

namespace controller::loop {

/// An attempt past its point of no return, with its action as the journal has it.
struct Flight {
    Action action;
    Attempt attempt;
    std::optional<MoveFailure>
        move_failure{};  ///< why a move failed: only a transient one waits for another try
};

/// Follows the asynchronous job until it ended or `job_timeout` is over, then verifies. CloudStack's answer
/// is a hint, the world is the outcome: a failed job whose VM is Stopped and gone has succeeded.
void follow_job(Flight flight, const std::string& job_id, const Surroundings& around,
                const LoopSettings& settings);

/// Reads the world again and again until it agrees with the plan (succeeded) or `verify_timeout` is over
/// (unverified).
void verify_outcome(Flight flight, const Surroundings& around, const LoopSettings& settings);

/// How long the world may take to agree with an outcome.
inventory::Duration verify_timeout_of(const Action& action, const LoopSettings& settings);

/// Closes the attempt. `failed` and `not_sent` leave the action waiting while attempts are left.
void end_flight(Flight flight, AttemptOutcome outcome, const std::string& note, const Surroundings& around,
                const LoopSettings& settings);

}  // namespace controller::loop
