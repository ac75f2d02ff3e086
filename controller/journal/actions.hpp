#pragma once

#include "controller/journal/journal.hpp"
#include "inventory/mariadb/connection.hpp"

// Statements of one transaction each, run by the journal's store.
namespace controller::journal {

inventory::Status insert_step(inventory::mariadb::Connection& connection, std::uint64_t action_id,
                              const Step& step);
/// Moves the row on, with the action's stage, if it is still the one that was read; the action as it is then.
inventory::Result<Action> move_action(inventory::mariadb::Connection& connection, Action action,
                                      const Step& step);
/// The id of the row.
inventory::Result<std::uint64_t> insert_evidence(inventory::mariadb::Connection& connection,
                                                 std::uint64_t action_id, const Evidence& evidence);

}  // namespace controller::journal
