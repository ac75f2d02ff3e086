#pragma once

#include "controller/loop/surroundings.hpp"

namespace controller::loop {

/// Runs one attempt of a decided action to its end on the calling thread: second decision, intent, call, job,
/// verification, outcome. Each step is journaled before the next begins, so that a crash at any instant
/// leaves an attempt without outcome, which settle_attempt() closes. When the journal fails or the program
/// stops, it lets go.
void run_attempt(const Action& action, std::uint64_t judged_update_count, const Surroundings& around,
                 const LoopSettings& settings);

/// Finds out what became of an attempt whose outcome nobody wrote down (a crash, a lost answer), and closes
/// it:
/// - a stop job of it exists in CloudStack: it is followed and verified;
/// - the request has expired, no job exists and update_count is as judged: CloudStack never took it
///   (`not_sent`), the action is judged anew;
/// - a move between accounts has no job: its owner and its newest VM.MOVE event tell (settle_move());
/// - the world agrees with the plan: succeeded; anything else, also a VM that has no live row any more:
///   unverified, a human has to look.
/// Until the request has expired it may still be taken (reference 6.2), so nothing is concluded from its
/// absence. Nothing is ever sent from here.
void settle_attempt(const Attempt& attempt, const Surroundings& around, const LoopSettings& settings);

}  // namespace controller::loop
