#include "controller/journal/reading.hpp"

#include "controller/journal/states.hpp"

namespace controller::journal {

using inventory::failure;
using inventory::Result;
using inventory::Time;
using inventory::mariadb::Connection;
using inventory::mariadb::Parameter;
using inventory::mariadb::Row;

namespace {

const std::string select_actions =
    "SELECT id, remedy, alert_name, fingerprint, starts_at, vm_uuid, state, state_since, version, "
    "stage FROM actions ";
const std::string select_attempts =
    "SELECT id, action_id, number, vm_uuid, intent_at, expires_at, judged_update_count, job_id, outcome, "
    "ended_at, note, command, evidence_id, accepted FROM attempts ";

tl::unexpected<inventory::Error> unreadable(const std::string& what, const Row& row) {
    return failure(
        what + " " + row.text_or(0, "?") +
        " holds a word or a time that this controller does not know: was it written by a newer one?");
}

Result<Action> to_action(const Row& row) {
    const auto remedy = parse_remedy(row.text_or(1, ""));
    const auto state = parse_action_state(row.text_or(6, ""));
    const auto starts_at = row.time(4);
    const auto since = row.time(7);
    const auto stage = parse_stage(row.text_or(9, ""));
    if (!remedy || !state || !starts_at || !since || !stage) {
        return unreadable("action", row);
    }
    return Action{.id = row.number(0).value_or(0),
                  .remedy = *remedy,
                  .alert_name = row.text_or(2, ""),
                  .fingerprint = row.text_or(3, ""),
                  .starts_at = *starts_at,
                  .vm_uuid = row.text_or(5, ""),
                  .state = *state,
                  .state_since = *since,
                  .stage = *stage,
                  .version = row.number(8).value_or(0)};
}

Result<Attempt> to_attempt(const Row& row) {
    const auto intent_at = row.time(4);
    const auto expires_at = row.time(5);
    const auto outcome = parse_attempt_outcome(row.text_or(8, ""));
    const auto command = parse_command(row.text_or(11, ""));
    if (!intent_at || !expires_at || !command || outcome.has_value() == row.is_null(8)) {
        return unreadable("attempt", row);
    }
    return Attempt{.id = row.number(0).value_or(0),
                   .action_id = row.number(1).value_or(0),
                   .number = static_cast<std::uint32_t>(row.number(2).value_or(0)),
                   .vm_uuid = row.text_or(3, ""),
                   .command = *command,
                   .evidence_id = row.number(12).value_or(0),
                   .intent_at = *intent_at,
                   .expires_at = *expires_at,
                   .judged_update_count = row.number(6).value_or(0),
                   .job_id = row.text(7),
                   .accepted = row.number(13).value_or(0) != 0,
                   .outcome = outcome,
                   .ended_at = row.time(9),
                   .note = row.text_or(10, "")};
}

Result<Step> to_step(const Row& row) {
    const auto at = row.time(1);
    const auto state = parse_action_state(row.text_or(2, ""));
    if (!at || !state) {
        return unreadable("step", row);
    }
    return Step{*at, *state, row.text_or(3, "")};
}

Result<Evidence> to_evidence(const Row& row) {
    const auto at = row.time(1);
    if (!at) {
        return unreadable("evidence", row);
    }
    return Evidence{*at, row.text_or(2, ""), row.text_or(3, "")};
}

template <class T>
Result<std::vector<T>> read_all(Connection& connection, const std::string& statement,
                                const std::vector<Parameter>& parameters, Result<T> (*convert)(const Row&)) {
    const auto rows = connection.query(statement, parameters);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<T> values;
    for (const auto& row : *rows) {
        auto value = convert(row);
        if (!value) {
            return tl::unexpected(value.error());
        }
        values.push_back(*std::move(value));
    }
    return values;
}

}  // namespace

Result<std::optional<Action>> find_action(Connection& connection, std::uint64_t id) {
    return read_all(connection, select_actions + "WHERE id = ?", {id}, to_action)
        .map([](const std::vector<Action>& actions) {
            return actions.empty() ? std::nullopt : std::optional{actions.front()};
        });
}

Result<std::vector<Action>> list_actions(Connection& connection, const ActionFilter& filter) {
    std::string statement = select_actions + "WHERE 1 = 1";
    std::vector<Parameter> parameters;
    if (filter.vm_uuid) {
        statement += " AND vm_uuid = ?";
        parameters.emplace_back(*filter.vm_uuid);
    }
    if (filter.open_only) {
        statement += " AND state IN " + std::string(open_states);
    }
    if (filter.under_way_only) {
        statement += " AND state IN ('intent', 'executing', 'verifying')";
    }
    parameters.emplace_back(std::uint64_t{filter.limit});
    return read_all(connection, statement + " ORDER BY id DESC LIMIT ?", parameters, to_action);
}

Result<std::vector<Step>> read_steps(Connection& connection, std::uint64_t action_id) {
    return read_all(connection,
                    "SELECT id, noted_at, state, note FROM action_steps WHERE action_id = ? ORDER BY id",
                    {action_id}, to_step);
}

Result<std::vector<Evidence>> read_evidence(Connection& connection, std::uint64_t action_id) {
    return read_all(connection,
                    "SELECT id, noted_at, kind, json FROM evidence WHERE action_id = ? ORDER BY id",
                    {action_id}, to_evidence);
}

Result<std::vector<Attempt>> read_attempts_on(Connection& connection, const std::string& vm_uuid) {
    return read_all(connection, select_attempts + "WHERE vm_uuid = ? ORDER BY id", {vm_uuid}, to_attempt);
}

Result<std::vector<Attempt>> read_attempts_on_open_vms(Connection& connection) {
    return read_all(connection,
                    select_attempts + "WHERE vm_uuid IN (SELECT vm_uuid FROM actions WHERE state IN " +
                        std::string(open_states) + ") ORDER BY id",
                    {}, to_attempt);
}

Result<std::vector<Attempt>> read_open_attempts(Connection& connection) {
    return read_all(connection, select_attempts + "WHERE open_vm_uuid IS NOT NULL ORDER BY id", {},
                    to_attempt);
}

Result<std::map<ActionState, std::uint64_t>> count_actions(Connection& connection) {
    const auto rows = connection.query("SELECT state, COUNT(*) FROM actions GROUP BY state");
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::map<ActionState, std::uint64_t> counts;
    for (const auto& row : *rows) {
        if (const auto state = parse_action_state(row.text_or(0, ""))) {
            counts[*state] = row.number(1).value_or(0);
        }
    }
    return counts;
}

}  // namespace controller::journal
