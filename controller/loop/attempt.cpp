#include "controller/loop/attempt.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

#include "controller/actions/actions.hpp"
#include "controller/decision/evidence.hpp"
#include "controller/decision/remedies/remedies.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/loop/follow.hpp"
#include "controller/loop/judgement.hpp"
#include "controller/loop/move.hpp"
#include "controller/model/answer_code.hpp"
#include "service/log.hpp"

namespace controller::loop {
namespace {

void hold(const Action& action, const std::string& why, const Surroundings& around) {
    const auto held = around.journal.advance(action, ActionState::held, why, around.clock());
    if (!held) {
        service::log_warn(
            "the action could not be held in the journal; it is judged again from what stands there",
            {{"action", std::to_string(action.id)}, {"error", held.error().message}});
    }
}

/// A second decision that says: act. `evidence_id` is its proof in the journal.
struct Proven {
    Judgement judgement;
    std::uint64_t evidence_id = 0;
};

/// The second decision. Only a value returned from here may be acted upon.
std::optional<Proven> decide_again(const Action& action, std::uint64_t judged_update_count,
                                   std::shared_ptr<const inventory::Snapshot> fresh,
                                   const Surroundings& around, const LoopSettings& settings) {
    auto second = judge_afresh(action, judged_update_count, std::move(fresh), around, settings);
    if (!second) {
        hold(action, "second decision: " + second.error().message, around);
        return std::nullopt;
    }
    const auto kept =
        around.journal.keep_evidence(action.id, {.at = second->world.now,
                                                 .kind = "second_decision",
                                                 .json = evidence::to_json(second->world, second->decision)});
    if (!kept) {
        hold(action, "second decision: its evidence could not be kept: " + kept.error().message, around);
        return std::nullopt;
    }
    around.observer.decided(action.remedy, second->decision.acts() ? "act" : "hold_at_second_look",
                            second->decision);
    if (!second->decision.acts()) {
        hold(action, "second decision, on fresh facts: refused by " + refusing_guards(second->decision),
             around);
        return std::nullopt;
    }
    return Proven{std::move(*second), *kept};
}

/// An attempt that stands in the journal, and the second decision that it rests on.
struct Begun {
    Judgement judgement;
    Attempt attempt;
};

/// From the second decision to its intent, with no other between them: what it counted is still so when the
/// intent is written. The hosts are asked before the turn, since that takes its time.
std::optional<Begun> begin(const Action& action, std::uint64_t judged_update_count,
                           const Surroundings& around, const LoopSettings& settings) {
    auto fresh = read_afresh(action.vm_uuid, around);
    if (!fresh) {
        hold(action, "second decision: " + fresh.error().message, around);
        return std::nullopt;
    }
    const std::lock_guard turn(around.fleet.turn());
    auto proven = decide_again(action, judged_update_count, std::move(*fresh), around, settings);
    if (!proven) {
        return std::nullopt;
    }
    const auto& [world, decision] = proven->judgement;
    if (action.remedy == Remedy::reassign_retry && !note_move_try(action, world, around)) {
        hold(action, "second decision: what the try rests on could not be written down", around);
        return std::nullopt;
    }
    const auto now = around.clock();
    auto attempt = around.journal.begin_attempt(action,
                                                {.command = command_of(*decision.plan),
                                                 .evidence_id = proven->evidence_id,
                                                 .judged_update_count = world.vm()->update_count,
                                                 .expires_at = now + settings.expires},
                                                now);
    if (!attempt) {
        service::log_warn("no intent, no action",
                          {{"action", std::to_string(action.id)}, {"error", attempt.error().message}});
        return std::nullopt;
    }
    return Begun{std::move(proven->judgement), std::move(*attempt)};
}

std::string doubt(const cloudstack::Submission& submission) {
    if (const auto* refused = std::get_if<cloudstack::Refused>(&submission)) {
        return "CloudStack failed unexpectedly (" + std::to_string(refused->error_code) +
               "): " + refused->text;
    }
    const auto* unknown = std::get_if<cloudstack::Unknown>(&submission);
    return unknown != nullptr ? unknown->reason : "";
}

/// The call itself, once. An unknown outcome stays open: settle_attempt() reads it from the world.
void call(Flight flight, const Plan& plan, const Surroundings& around, const LoopSettings& settings) {
    const auto submission = actions::perform(plan, around.api, flight.attempt.expires_at);
    if (const auto* accepted = std::get_if<cloudstack::Accepted>(&submission)) {
        if (accepted->job_id.empty()) {
            verify_outcome(std::move(flight), around, settings);
            return;
        }
        const auto noted =
            around.journal.note_job(flight.attempt.id, {.id = accepted->job_id, .accepted = true});
        if (!noted) {
            service::log_error(
                "the job's id could not be journaled; it will be found in CloudStack's database",
                {{"job", accepted->job_id}, {"error", noted.error().message}});
            return;
        }
        follow_job(std::move(flight), accepted->job_id, around, settings);
    } else if (const auto* refused = std::get_if<cloudstack::Refused>(&submission);
               refused != nullptr && is_turned_away(refused->error_code)) {
        end_flight(flight, AttemptOutcome::failed,
                   "CloudStack refused (" + std::to_string(refused->error_code) + "): " + refused->text,
                   around, settings);
    } else if (const auto* not_sent = std::get_if<cloudstack::NotSent>(&submission)) {
        end_flight(flight, AttemptOutcome::not_sent, not_sent->reason, around, settings);
    } else {
        service::log_warn("the outcome of the call is unknown; it will be settled from the world",
                          {{"action", std::to_string(flight.action.id)}, {"reason", doubt(submission)}});
    }
}

/// Why the call that stands in the journal by now is not made after all. nullopt: the facts are as fresh as
/// when they were decided on, and this controller leads, as it has ever since.
std::optional<std::string> too_late(const World& decided_on, const Surroundings& around,
                                    const LoopSettings& settings) {
    if (!decision::is_fresh(decided_on.now, around.clock(), settings.policy.freshness)) {
        return "the journal took so long that the facts of the second decision are no evidence any more";
    }
    const auto known = around.leadership();
    if (!known.leads()) {
        return "this controller's lease ran out while it wrote down what it would do";
    }
    if (!decided_on.leadership || decided_on.leadership->token != known.token) {
        return "another controller held the lease between the second decision and the call";
    }
    return std::nullopt;
}

/// How long after its expiry a request that reached CloudStack in time may still be on its way into a job
/// row.
inventory::Duration settling_margin(const LoopSettings& settings) {
    return settings.expires / 2;
}

void conclude_without_job(const Flight& flight, const Surroundings& around, const LoopSettings& settings) {
    const auto world = read_world_afresh(flight.action, around, settings);
    if (world && world->database_up && world->rows.empty()) {
        end_flight(flight, AttemptOutcome::unverified,
                   "CloudStack has no live row of the VM any more (it was expunged), so what became of the "
                   "request cannot be told; it has expired and takes no effect from now on",
                   around, settings);
        return;
    }
    if (!world || world->vm() == nullptr) {
        return;  // still unknown: the attempt stays open and is looked at again
    }
    const auto found = decision::remedies::of(flight.action.remedy).verify(flight.attempt.command, *world);
    if (found.agrees) {
        end_flight(flight, AttemptOutcome::succeeded,
                   "no job was found, but the world agrees: " + found.sentence, around, settings);
    } else if (world->vm()->update_count == flight.attempt.judged_update_count) {
        end_flight(flight, AttemptOutcome::not_sent,
                   "CloudStack never took the request: it has expired, no job of it exists, and update_count "
                   "is still " +
                       std::to_string(flight.attempt.judged_update_count),
                   around, settings);
    } else {
        end_flight(flight, AttemptOutcome::unverified,
                   "no job was found and the VM has changed since: " + found.sentence, around, settings);
    }
}

}  // namespace

void run_attempt(const Action& action, std::uint64_t judged_update_count, const Surroundings& around,
                 const LoopSettings& settings) {
    auto begun = begin(action, judged_update_count, around, settings);
    if (!begun) {
        return;
    }
    // Point of no return: from here on the attempt is open until an outcome is written.
    auto intended = around.journal.find(action.id);
    if (!intended || !*intended) {
        return;
    }
    auto executing =
        around.journal.advance(**intended, ActionState::executing, "calling CloudStack", around.clock());
    if (!executing) {
        service::log_error("the call could not be journaled, so it is not made",
                           {{"action", std::to_string(action.id)}, {"error", executing.error().message}});
        return;
    }
    Flight flight{.action = std::move(*executing), .attempt = std::move(begun->attempt)};
    if (const auto why = too_late(begun->judgement.world, around, settings)) {
        end_flight(flight, AttemptOutcome::not_sent, *why + "; nothing was sent", around, settings);
        return;
    }
    const auto make_the_call = flight.attempt.command == Command::assign_vm ? call_move : call;
    make_the_call(std::move(flight), *begun->judgement.decision.plan, around, settings);
}

void settle_attempt(const Attempt& attempt, const Surroundings& around, const LoopSettings& settings) {
    const auto now = around.clock();
    auto action = around.journal.find(attempt.action_id);
    if (!action || !*action) {
        service::log_error("an attempt without outcome cannot be settled: its action cannot be read",
                           {{"attempt", std::to_string(attempt.id)}});
        return;
    }
    Flight flight{.action = std::move(**action), .attempt = attempt};
    if (attempt.command == Command::assign_vm) {
        settle_move(std::move(flight), around, settings);
        return;
    }
    if (attempt.job_id) {
        follow_job(std::move(flight), *attempt.job_id, around, settings);
        return;
    }
    const auto job = around.cloud.find_job(attempt.vm_uuid, attempt.command,
                                           attempt.intent_at - settling_margin(settings));
    if (!job) {
        return;
    }
    if (*job) {
        const auto noted = around.journal.note_job(attempt.id, {.id = (*job)->job_id});
        if (noted) {
            follow_job(std::move(flight), (*job)->job_id, around, settings);
        }
        return;
    }
    if (now >= attempt.expires_at + settling_margin(settings)) {
        conclude_without_job(flight, around, settings);
    }
}

}  // namespace controller::loop
