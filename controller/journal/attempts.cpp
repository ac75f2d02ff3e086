#include "controller/journal/attempts.hpp"

#include "controller/journal/actions.hpp"
#include "controller/journal/reading.hpp"
#include "inventory/support/text.hpp"

namespace controller::journal {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::Time;
using inventory::mariadb::Connection;

namespace {

constexpr std::size_t longest_outcome_note = 4000;

/// Next number of an attempt within its action. The caller holds the action's row, so nobody else counts.
Result<std::uint32_t> next_number(Connection& connection, std::uint64_t action_id) {
    return connection.query("SELECT COUNT(*) FROM attempts WHERE action_id = ?", {action_id})
        .map([](const auto& rows) {
            return static_cast<std::uint32_t>(rows.front().number(0).value_or(0) + 1);
        });
}

Status demand_proof(Connection& connection, const Attempt& attempt) {
    const auto kept =
        connection.query("SELECT 1 FROM evidence WHERE id = ? AND action_id = ? AND kind = 'second_decision'",
                         {attempt.evidence_id, attempt.action_id});
    if (!kept) {
        return tl::unexpected(kept.error());
    }
    return kept->empty() ? failure("its second decision is not in the journal, and nothing is done without")
                         : Status{};
}

/// False when an attempt on the VM is open already.
Result<bool> insert_open(Connection& connection, const Attempt& attempt) {
    return connection
        .execute(
            "INSERT INTO attempts (action_id, number, vm_uuid, open_vm_uuid, command, evidence_id, "
            "intent_at, expires_at, judged_update_count, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '') "
            "ON DUPLICATE KEY UPDATE id = id",
            {attempt.action_id, std::uint64_t{attempt.number}, attempt.vm_uuid, attempt.vm_uuid,
             std::string(to_word(attempt.command)), attempt.evidence_id, attempt.intent_at,
             attempt.expires_at, attempt.judged_update_count})
        .map([](std::uint64_t rows) { return rows == 1; });
}

Status mark_closed(Connection& connection, std::uint64_t attempt_id, const Ending& ending, Time now) {
    const auto closed = connection.execute(
        "UPDATE attempts SET outcome = ?, ended_at = ?, note = ?, open_vm_uuid = NULL WHERE id = ? AND "
        "outcome IS NULL",
        {std::string(to_word(ending.outcome)), now, inventory::clean_text(ending.note, longest_outcome_note),
         attempt_id});
    if (!closed) {
        return tl::unexpected(closed.error());
    }
    return *closed == 1 ? Status{} : failure("it is not open (or there is none)");
}

Result<Action> action_of(Connection& connection, std::uint64_t attempt_id) {
    const auto rows = connection.query("SELECT action_id FROM attempts WHERE id = ?", {attempt_id});
    if (!rows || rows->empty()) {
        return rows ? failure("there is no such attempt") : tl::unexpected(rows.error());
    }
    return find_action(connection, rows->front().number(0).value_or(0))
        .and_then([](const std::optional<Action>& action) -> Result<Action> {
            return action ? Result<Action>(*action) : failure("its action is gone from the journal");
        });
}

}  // namespace

Result<Attempt> insert_attempt(Connection& connection, const Action& action, Attempt attempt) {
    if (auto proven = demand_proof(connection, attempt); !proven) {
        return tl::unexpected(proven.error());
    }
    const auto moved =
        move_action(connection, action, {attempt.intent_at, ActionState::intent, "attempt begun"});
    if (!moved) {
        return tl::unexpected(moved.error());
    }
    const auto number = next_number(connection, action.id);
    if (!number) {
        return tl::unexpected(number.error());
    }
    attempt.number = *number;
    const auto inserted = insert_open(connection, attempt);
    if (!inserted || !*inserted) {
        return inserted ? failure("another attempt on VM " + attempt.vm_uuid + " has no outcome yet")
                        : tl::unexpected(inserted.error());
    }
    attempt.id = connection.last_insert_id();
    return attempt;
}

Status set_job(Connection& connection, std::uint64_t attempt_id, const NotedJob& job) {
    // Rows found count only when they change: a repeat of the same id is told apart by reading.
    const auto open =
        connection.query("SELECT 1 FROM attempts WHERE id = ? AND outcome IS NULL", {attempt_id});
    if (!open || open->empty()) {
        return open ? failure("it is not open (or there is none)") : tl::unexpected(open.error());
    }
    return connection
        .execute("UPDATE attempts SET job_id = ?, accepted = ? WHERE id = ? AND outcome IS NULL",
                 {job.id, std::uint64_t{job.accepted ? 1U : 0U}, attempt_id})
        .map([](std::uint64_t) {});
}

Status close_attempt(Connection& connection, std::uint64_t attempt_id, const Ending& ending, Time now) {
    return mark_closed(connection, attempt_id, ending, now)
        .and_then([&] { return action_of(connection, attempt_id); })
        .and_then([&](Action action) {
            action.stage = ending.stage;
            return move_action(connection, std::move(action), {now, ending.to, ending.note});
        })
        .map([](const Action&) {});
}

}  // namespace controller::journal
