#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "controller/model/command.hpp"
#include "controller/model/remedy.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// Life of an action (design, section 6):
/// received -> held | observed | awaiting_approval <-> (judged again) -> decided -> intent -> executing ->
/// verifying
///          -> succeeded | failed | unverified; cancelled when the alert resolved before the intent.
/// A failed attempt with attempts left goes back to held.
enum class ActionState {
    received,
    held,
    observed,           ///< only its mode holds it: in mode auto it would act
    awaiting_approval,  ///< only its mode holds it, until a human approves the next attempt
    decided,
    intent,
    executing,
    verifying,
    succeeded,
    failed,
    unverified,
    cancelled,
};

std::string_view to_word(ActionState state);
std::optional<ActionState> parse_action_state(std::string_view word);

/// Still to be judged while its alert fires: received, held, observed, awaiting_approval, decided.
bool is_waiting(ActionState state);
/// Between the intent and its outcome: intent, executing, verifying.
bool is_under_way(ActionState state);
/// Never changes again.
bool is_final(ActionState state);
/// Whether the journal accepts this step; every other one is a defect and is refused. Success is reached only
/// from `verifying`, and a held action may be held anew (for other reasons).
bool may_follow(ActionState from, ActionState to);

/// How far a remedy of more than one call has come. `stopped`: ha_restart has stopped the VM, and the world
/// agreed; from here the VM is down by our hand, so neither the end of the alert nor a crash ends the action.
enum class Stage { first, stopped };

std::string_view to_word(Stage stage);
std::optional<Stage> parse_stage(std::string_view word);

/// One alert's claim on one remedy. Identity: fingerprint + starts_at + remedy, UNIQUE in the journal.
struct Action {
    std::uint64_t id = 0;
    Remedy remedy = Remedy::stop_sync;
    std::string alert_name;
    std::string fingerprint;
    inventory::Time starts_at;
    std::string vm_uuid;
    ActionState state = ActionState::received;
    inventory::Time state_since;
    Stage stage = Stage::first;
    std::uint64_t version = 0;  ///< optimistic lock of the journal row

    bool operator==(const Action&) const = default;
};

/// Outcome of one attempt. `not_sent`: proven that CloudStack never took the request.
enum class AttemptOutcome { succeeded, failed, not_sent, unverified };

std::string_view to_word(AttemptOutcome outcome);
std::optional<AttemptOutcome> parse_attempt_outcome(std::string_view word);

/// One intent to change the cloud: written down before the call, closed by an outcome. An attempt without
/// outcome blocks its VM until the world has told what became of it.
struct Attempt {
    std::uint64_t id = 0;
    std::uint64_t action_id = 0;
    std::uint32_t number = 1;  ///< within its action
    std::string vm_uuid;
    Command command = Command::stop_vm;  ///< the one call that it makes
    std::uint64_t evidence_id = 0;       ///< the second decision that it rests on: the stored proof
    inventory::Time intent_at;
    inventory::Time expires_at;  ///< CloudStack refuses our request from then on (signature, reference 6.2)
    std::uint64_t judged_update_count;  ///< vm_instance.update_count that the decision was made on
    std::optional<std::string> job_id;  ///< of CloudStack's asynchronous job, once known
    bool accepted = false;  ///< CloudStack's own answer named the job: no request of ours is on its way
    std::optional<AttemptOutcome> outcome;
    std::optional<inventory::Time> ended_at;
    std::string note;

    bool operator==(const Attempt&) const = default;
};

}  // namespace controller
