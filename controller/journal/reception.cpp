#include "controller/journal/reception.hpp"

#include "controller/journal/actions.hpp"
#include "controller/journal/operator_words.hpp"

namespace controller::journal {

using inventory::Result;
using inventory::Status;
using inventory::Time;
using inventory::mariadb::Connection;

namespace {

Result<bool> is_known(Connection& connection, const Alert& alert, const std::string& remedy) {
    return connection
        .query("SELECT 1 FROM actions WHERE fingerprint = ? AND starts_at = ? AND remedy = ?",
               {alert.fingerprint, alert.starts_at, remedy})
        .map([](const auto& rows) { return !rows.empty(); });
}

/// False when another sender was faster: the UNIQUE identity decides.
Result<bool> insert_action(Connection& connection, const Alert& alert, const std::string& remedy, Time now) {
    return connection
        .execute(
            "INSERT INTO actions (remedy, alert_name, fingerprint, starts_at, vm_uuid, state, state_since, "
            "version) VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON DUPLICATE KEY UPDATE id = id",
            {remedy, alert.label("alertname"), alert.fingerprint, alert.starts_at, alert.label("vm_id"),
             std::string(to_word(ActionState::received)), now})
        .map([](std::uint64_t rows) { return rows == 1; });
}

/// One statement, whatever the action does meanwhile: no version to conflict with.
Result<bool> cancel(Connection& connection, std::uint64_t action_id, Time now) {
    const auto cancelled = connection.execute(
        "UPDATE actions SET state = 'cancelled', state_since = ?, version = version + 1 WHERE id = ? AND "
        "stage = 'first' AND state IN ('received', 'held', 'observed', 'awaiting_approval', 'decided')",
        {now, action_id});
    if (!cancelled || *cancelled == 0) {
        return cancelled.map([](std::uint64_t) { return false; });
    }
    return insert_step(connection, action_id, {now, ActionState::cancelled, "alert resolved"}).map([] {
        return true;
    });
}

}  // namespace

Result<Reception> receive(Connection& connection, const Alert& alert, Remedy remedy, Time now) {
    const std::string remedy_word{to_word(remedy)};
    // Looked up first, so that the many repeats of an alert cost no id and no lock.
    const auto known = is_known(connection, alert, remedy_word);
    if (!known || *known) {
        return known.map([](bool) { return Reception::duplicate; });
    }
    const auto inserted = insert_action(connection, alert, remedy_word, now);
    if (!inserted || !*inserted) {
        return inserted.map([](bool) { return Reception::duplicate; });
    }
    const auto id = connection.last_insert_id();
    return insert_step(connection, id, {now, ActionState::received, "alert received"})
        .and_then([&] { return insert_labels(connection, id, alert.labels); })
        .map([] { return Reception::created; });
}

Result<std::size_t> resolve(Connection& connection, const Alert& alert, Time now) {
    const auto found = connection.query("SELECT id FROM actions WHERE fingerprint = ? AND starts_at = ?",
                                        {alert.fingerprint, alert.starts_at});
    if (!found) {
        return tl::unexpected(found.error());
    }
    std::size_t count = 0;
    for (const auto& row : *found) {
        const auto cancelled = cancel(connection, row.number(0).value_or(0), now);
        if (!cancelled) {
            return tl::unexpected(cancelled.error());
        }
        count += *cancelled ? 1U : 0U;
    }
    return count;
}

}  // namespace controller::journal
