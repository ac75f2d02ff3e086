#include "controller/loop/move.hpp"

#include <utility>
#include <variant>

#include "controller/actions/actions.hpp"
#include "controller/cloudstack/job_wait.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/loop/judgement.hpp"
#include "controller/model/answer_code.hpp"
#include "service/log.hpp"

namespace controller::loop {
namespace {

using inventory::Result;

/// A call that CloudStack took in time may wait for locks, one after the other, before its event is written.
constexpr std::chrono::minutes longest_move{10};

std::optional<MoveWorld> with_facts(Result<std::optional<Move>> move, const std::string& vm_uuid,
                                    const Surroundings& around) {
    if (!move) {
        service::log_warn("the move cannot be judged", {{"vm_id", vm_uuid}, {"error", move.error().message}});
        return std::nullopt;
    }
    MoveWorld world;
    if (*move) {
        auto facts = around.cloud.read_move(vm_uuid, (*move)->target);
        world.vm = std::move(facts.vm);
        world.destination = std::move(facts.destination);
        world.sequence_waiters = std::move(facts.sequence_waiters);
        world.lock_wait_timeout = facts.lock_wait_timeout;
    }
    world.move = *std::move(move);
    return world;
}

/// A try is judged by its own move: another may have been asked for while it was under way.
std::optional<MoveWorld> read_tried_move(const Attempt& attempt, const Surroundings& around) {
    return with_facts(around.moves.tried_by(attempt.action_id), attempt.vm_uuid, around);
}

bool keep_verification(const Flight& flight, const MoveWorld& tried, const Surroundings& around,
                       const LoopSettings& settings) {
    auto world = read_world_afresh(flight.action, around, settings);
    if (!world) {
        return false;
    }
    world->move = tried;
    const auto kept = around.journal.keep_evidence(
        flight.action.id,
        {.at = world->now, .kind = "verification", .json = evidence::to_json(*world, Decision{})});
    return kept.has_value();
}

/// The move first, then the attempt: a crash between the two has the attempt settled once more.
void end_try(Flight flight, const MoveWorld& world, const decision::MoveEnd& end, const Surroundings& around,
             const LoopSettings& settings) {
    const auto noted = around.moves.note_failure(world.move->id, end.failure, end.failure ? end.note : "");
    const bool is_proven =
        end.outcome != AttemptOutcome::succeeded || keep_verification(flight, world, around, settings);
    if (!noted || !is_proven) {
        service::log_warn("the outcome of the move could not be journaled; it is settled again",
                          {{"action", std::to_string(flight.action.id)}});
        return;
    }
    flight.move_failure = end.failure;
    end_flight(std::move(flight), end.outcome, end.note, around, settings);
}

/// Looks at the world until it tells, or `verify_timeout` is over: the answer is there, so the event is, too,
/// unless a replica is read that lags.
void conclude(Flight flight, decision::MoveTry tried, const Surroundings& around,
              const LoopSettings& settings) {
    const auto deadline = around.clock() + verify_timeout_of(flight.action, settings);
    for (std::size_t poll = 0;; ++poll) {
        tried.is_waited_out = around.clock() >= deadline;
        const auto world = read_tried_move(flight.attempt, around);
        const auto end = world && world->move ? judge_try(tried, *world) : std::nullopt;
        if (end) {
            end_try(std::move(flight), *world, *end, around, settings);
            return;
        }
        if (tried.is_waited_out || !around.pause(cloudstack::poll_pause(poll))) {
            return;
        }
    }
}

}  // namespace

std::optional<MoveWorld> read_move_world(const std::string& vm_uuid, const Surroundings& around) {
    return with_facts(around.moves.newest_on(vm_uuid), vm_uuid, around);
}

bool note_move_try(const Action& action, const World& world, const Surroundings& around) {
    if (!world.move || !world.move->move || !world.move->vm) {
        return false;
    }
    const auto& newest = world.move->vm->newest_move;
    const auto noted = around.moves.note_try(
        world.move->move->id, {.action_id = action.id, .judged_event = newest ? newest->event : 0});
    if (!noted) {
        service::log_warn("no note of the move's event, no try", {{"error", noted.error().message}});
    }
    return noted.has_value();
}

void call_move(Flight flight, const Plan& plan, const Surroundings& around, const LoopSettings& settings) {
    const auto begun = around.clock();
    const auto submission = actions::perform(plan, around.api, flight.attempt.expires_at);
    if (const auto* not_sent = std::get_if<cloudstack::NotSent>(&submission)) {
        end_flight(std::move(flight), AttemptOutcome::not_sent, not_sent->reason, around, settings);
        return;
    }
    if (const auto* unknown = std::get_if<cloudstack::Unknown>(&submission)) {
        service::log_warn("the answer to the move is lost; its owner and its event will tell",
                          {{"action", std::to_string(flight.action.id)}, {"reason", unknown->reason}});
        return;
    }
    const auto* refused = std::get_if<cloudstack::Refused>(&submission);
    if (refused != nullptr && !is_an_answer(refused->error_code)) {
        service::log_warn("the answer to the move is not CloudStack's; its owner and its event will tell",
                          {{"action", std::to_string(flight.action.id)}, {"reason", refused->text}});
        return;
    }
    decision::MoveAnswer answer{.error_code = {}, .text = {}, .took = around.clock() - begun};
    if (refused != nullptr) {
        answer.error_code = refused->error_code;
        answer.text = refused->text;
    }
    const decision::MoveTry tried{.intent_at = flight.attempt.intent_at, .answer = std::move(answer)};
    conclude(std::move(flight), tried, around, settings);
}

void settle_move(Flight flight, const Surroundings& around, const LoopSettings& settings) {
    const auto world = read_tried_move(flight.attempt, around);
    if (!world || !world->move) {
        return;
    }
    const decision::MoveTry tried{
        .intent_at = flight.attempt.intent_at,
        .answer = {},
        .is_waited_out = around.clock() >= flight.attempt.expires_at + settings.expires / 2 + longest_move};
    if (const auto end = judge_try(tried, *world)) {
        end_try(std::move(flight), *world, *end, around, settings);
    }
}

}  // namespace controller::loop
