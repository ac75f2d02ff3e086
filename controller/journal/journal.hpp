#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/model/action.hpp"
#include "controller/model/alert.hpp"
#include "controller/model/decision.hpp"
#include "inventory/support/error.hpp"

namespace controller::journal {

/// One append-only line of an action's life.
struct Step {
    inventory::Time at;
    ActionState state = ActionState::received;
    std::string note;

    bool operator==(const Step&) const = default;
};

/// What an alert became.
enum class Reception {
    created,
    duplicate,  ///< this alert is known: nothing changed
};

/// Evidence of one decision, kept as JSON: the world it was made on and every guard's verdict.
struct Evidence {
    inventory::Time at;
    std::string kind;  ///< "first_decision", "second_decision", "verification", "recovery"
    std::string json;

    bool operator==(const Evidence&) const = default;
};

/// What is about to be done, and the proof that it rests on.
struct Intent {
    Command command = Command::stop_vm;
    std::uint64_t evidence_id = 0;  ///< of the action's second decision
    std::uint64_t judged_update_count = 0;
    inventory::Time expires_at;
};

/// CloudStack's asynchronous job of an attempt.
struct NotedJob {
    std::string id;
    bool accepted = false;  ///< CloudStack's own answer named it; else it was found in its database
};

/// How an attempt ends, and how its action goes on.
struct Ending {
    AttemptOutcome outcome = AttemptOutcome::unverified;
    ActionState to = ActionState::unverified;
    Stage stage = Stage::first;
    std::string note;
};

struct ActionFilter {
    std::optional<std::string> vm_uuid = {};
    bool open_only = false;
    bool under_way_only = false;  ///< past their intent, and without outcome
    std::uint32_t limit = 100;    ///< newest first
};

/// The controller's memory, durable before any call returns. Every function is one transaction; an Error
/// means that nothing is certain to have been written. What belongs to executing (advance, keep_evidence,
/// begin_attempt, note_job, end_attempt) is refused as "fenced", not retryable, when another controller holds
/// the lease (lease.hpp): it can never come after anything that the other one wrote. Alerts and operators'
/// words are taken by any controller. Safe from any thread. Implementations write to a
/// schema of Warden's own, never to CloudStack's.
class Journal {
public:
    virtual ~Journal() = default;

    /// Takes a firing alert in, once: the UNIQUE identity makes any repeat a duplicate, whoever delivers it.
    virtual inventory::Result<Reception> receive(const Alert& alert, Remedy remedy, inventory::Time now) = 0;

    /// The alert resolved: actions of it that still wait in their first stage become cancelled. Returns how
    /// many did. One that has changed the cloud already goes on: the resolved alert is its own doing.
    virtual inventory::Result<std::size_t> resolve(const Alert& alert, inventory::Time now) = 0;

    virtual inventory::Result<std::optional<Action>> find(std::uint64_t id) = 0;
    virtual inventory::Result<std::vector<Action>> list(const ActionFilter& filter) = 0;
    virtual inventory::Result<std::vector<Step>> steps(std::uint64_t action_id) = 0;
    virtual inventory::Result<std::vector<Evidence>> evidence(std::uint64_t action_id) = 0;
    virtual inventory::Result<std::vector<Attempt>> attempts_on(const std::string& vm_uuid) = 0;
    /// Every attempt on any VM that an open action is about, oldest first: what judging all of them asks for.
    virtual inventory::Result<std::vector<Attempt>> attempts_on_open_vms() = 0;
    virtual inventory::Result<std::vector<Attempt>> attempts_without_outcome() = 0;
    virtual inventory::Result<std::map<ActionState, std::uint64_t>> count_by_state() = 0;

    /// Moves the action on and appends a step. Refused (not retryable) when `action.version` is no longer the
    /// row's, or when the step is not one that may follow. Returns the action as it is now.
    virtual inventory::Result<Action> advance(const Action& action, ActionState to, std::string_view note,
                                              inventory::Time now) = 0;

    /// Returns the id under which an intent can name it.
    virtual inventory::Result<std::uint64_t> keep_evidence(std::uint64_t action_id,
                                                           const Evidence& evidence) = 0;

    /// Writes the intent: the action goes to `intent` and a new attempt begins, in one transaction. Refused
    /// when any attempt on the same VM has no outcome yet, whoever began it, and when the evidence that it
    /// names is not a second decision of this action: nothing is done without stored proof (design, law 2).
    virtual inventory::Result<Attempt> begin_attempt(const Action& action, const Intent& intent,
                                                     inventory::Time now) = 0;
    virtual inventory::Status note_job(std::uint64_t attempt_id, const NotedJob& job) = 0;

    /// Closes the attempt and moves its action on, in one transaction.
    virtual inventory::Status end_attempt(const Attempt& attempt, const Ending& ending,
                                          inventory::Time now) = 0;
};

}  // namespace controller::journal
