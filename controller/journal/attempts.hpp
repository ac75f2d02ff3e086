#pragma once

#include "controller/journal/journal.hpp"
#include "inventory/mariadb/connection.hpp"

// Statements of one transaction each, run by the journal's store.
namespace controller::journal {

/// Moves the action to `intent` and opens the attempt, for which its second decision has to be kept; the
/// database refuses a second open one on the VM.
inventory::Result<Attempt> insert_attempt(inventory::mariadb::Connection& connection, const Action& action,
                                          Attempt attempt);
inventory::Status set_job(inventory::mariadb::Connection& connection, std::uint64_t attempt_id,
                          const NotedJob& job);
/// Closes the attempt and moves its action on.
inventory::Status close_attempt(inventory::mariadb::Connection& connection, std::uint64_t attempt_id,
                                const Ending& ending, inventory::Time now);

}  // namespace controller::journal
