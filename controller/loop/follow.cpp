#include "controller/loop/follow.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "controller/cloudstack/job_wait.hpp"
#include "controller/decision/remedies/remedies.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/loop/judgement.hpp"
#include "service/log.hpp"

namespace controller::loop {
namespace {

using cloudstack::JobState;
using cloudstack::JobStatus;

const RemedyPolicy& policy_of(const Action& action, const LoopSettings& settings) {
    static const RemedyPolicy cautious{};
    const auto found = settings.policy.remedies.find(action.remedy);
    return found == settings.policy.remedies.end() ? cautious : found->second;
}

/// What the action has after this outcome: a call that came true may be the first of two.
std::optional<Stage> stage_after(AttemptOutcome outcome, const Flight& flight) {
    return outcome == AttemptOutcome::succeeded
               ? decision::remedies::of(flight.action.remedy).next(flight.attempt.command)
               : std::nullopt;
}

/// The action's attempts at this call, this one included, leave room for another. A move is tried again only
/// when its failure passes by itself.
ActionState after_failure(const Flight& flight, const Surroundings& around, const LoopSettings& settings) {
    if (flight.move_failure.value_or(MoveFailure::transient) != MoveFailure::transient) {
        return ActionState::failed;
    }
    const auto attempts = around.journal.attempts_on(flight.attempt.vm_uuid);
    const auto tried = !attempts ? std::ptrdiff_t{flight.attempt.number}
                                 : std::ranges::count_if(*attempts, [&](const Attempt& attempt) {
                                       return attempt.action_id == flight.action.id &&
                                              attempt.command == flight.attempt.command;
                                   });
    const auto allowed = static_cast<std::ptrdiff_t>(policy_of(flight.action, settings).attempts);
    return tried < allowed ? ActionState::held : ActionState::failed;
}

struct JobEnd {
    std::optional<JobStatus>
        status;           ///< nullopt: not known in time, or the job is unknown; the world then tells
    bool let_go = false;  ///< the program is stopping
};

JobEnd wait_for_end(const std::string& job_id, const Surroundings& around, const LoopSettings& settings) {
    JobEnd end;
    const auto pause = [&](inventory::Duration limit) {
        end.let_go = !around.pause(limit);
        return !end.let_go;
    };
    const auto status = cloudstack::wait_for_job(around.api, job_id,
                                                 {.deadline = around.clock() + settings.job_timeout,
                                                  .expires = settings.expires,
                                                  .now = around.clock,
                                                  .pause = pause});
    if (!status) {
        service::log_warn("the job cannot be followed; the world will tell",
                          {{"job", job_id}, {"error", status.error().message}});
    } else if (status->state != JobState::pending) {
        end.status = *status;
    }
    return end;
}

decision::Verification verify_once(const Flight& flight, const Surroundings& around,
                                   const LoopSettings& settings) {
    const auto world = read_world_afresh(flight.action, around, settings);
    if (!world) {
        return {.agrees = false, .sentence = world.error().message};
    }
    auto verification = decision::remedies::of(flight.action.remedy).verify(flight.attempt.command, *world);
    if (verification.agrees) {
        const auto kept = around.journal.keep_evidence(
            flight.action.id,
            {.at = world->now, .kind = "verification", .json = evidence::to_json(*world, Decision{})});
        if (!kept) {
            return {.agrees = false, .sentence = kept.error().message};
        }
    }
    return verification;
}

/// Takes the steps that are still missing before the world may be read for an outcome; an attempt that is
/// settled after a crash may have none of them. False when the journal fails: the attempt stays open.
bool step_to_verifying(Flight& flight, const Surroundings& around) {
    while (flight.action.state != ActionState::verifying) {
        const bool called = flight.action.state == ActionState::executing;
        auto moved = around.journal.advance(
            flight.action, called ? ActionState::verifying : ActionState::executing,
            called ? "reading the world again" : "settling what a crash left open", around.clock());
        if (!moved) {
            service::log_error(
                "verification could not be journaled; it will be settled from the world",
                {{"action", std::to_string(flight.action.id)}, {"error", moved.error().message}});
            return false;
        }
        flight.action = std::move(*moved);
    }
    return true;
}

ActionState state_after(AttemptOutcome outcome, const Flight& flight, const Surroundings& around,
                        const LoopSettings& settings) {
    switch (outcome) {
        case AttemptOutcome::succeeded:
            return stage_after(outcome, flight) ? ActionState::held : ActionState::succeeded;
        case AttemptOutcome::failed:
        case AttemptOutcome::not_sent:
            return after_failure(flight, around, settings);
        case AttemptOutcome::unverified:
            return ActionState::unverified;
    }
    return ActionState::unverified;
}

}  // namespace

inventory::Duration verify_timeout_of(const Action& action, const LoopSettings& settings) {
    return policy_of(action, settings).verify_timeout;
}

void end_flight(Flight flight, AttemptOutcome outcome, const std::string& note, const Surroundings& around,
                const LoopSettings& settings) {
    if (outcome == AttemptOutcome::succeeded && !step_to_verifying(flight, around)) {
        return;
    }
    const auto to = state_after(outcome, flight, around, settings);
    const auto now = around.clock();
    const auto ended =
        around.journal.end_attempt(flight.attempt,
                                   {.outcome = outcome,
                                    .to = to,
                                    .stage = stage_after(outcome, flight).value_or(flight.action.stage),
                                    .note = note},
                                   now);
    if (!ended) {
        service::log_error("the outcome could not be journaled; it will be settled from the world",
                           {{"action", std::to_string(flight.action.id)}, {"error", ended.error().message}});
        return;
    }
    around.observer.ended(flight.action.remedy, outcome, now - flight.attempt.intent_at);
    service::log_info("attempt ended", {{"action", std::to_string(flight.action.id)},
                                        {"vm_id", flight.attempt.vm_uuid},
                                        {"attempt", std::to_string(flight.attempt.number)},
                                        {"outcome", std::string(to_word(outcome))},
                                        {"action_state", std::string(to_word(to))},
                                        {"note", note}});
}

void verify_outcome(Flight flight, const Surroundings& around, const LoopSettings& settings) {
    if (!step_to_verifying(flight, around)) {
        return;
    }
    const auto deadline = around.clock() + policy_of(flight.action, settings).verify_timeout;
    auto found = verify_once(flight, around, settings);
    for (std::size_t poll = 0; !found.agrees && around.clock() < deadline; ++poll) {
        if (!around.pause(cloudstack::poll_pause(poll))) {
            return;
        }
        found = verify_once(flight, around, settings);
    }
    end_flight(flight, found.agrees ? AttemptOutcome::succeeded : AttemptOutcome::unverified, found.sentence,
               around, settings);
}

void follow_job(Flight flight, const std::string& job_id, const Surroundings& around,
                const LoopSettings& settings) {
    const auto end = wait_for_end(job_id, around, settings);
    if (end.let_go) {
        return;
    }
    const auto& status = end.status;
    if (!status || status->state != JobState::failed) {
        verify_outcome(std::move(flight), around, settings);
        return;
    }
    const auto found = verify_once(flight, around, settings);
    const auto failed = "CloudStack's job " + job_id + " failed (" + std::to_string(status->result_code) +
                        "): " + status->text;
    end_flight(flight, found.agrees ? AttemptOutcome::succeeded : AttemptOutcome::failed,
               failed + "; " + found.sentence, around, settings);
}

}  // namespace controller::loop
