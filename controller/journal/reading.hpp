#pragma once

#include "controller/journal/journal.hpp"
#include "inventory/mariadb/connection.hpp"

// Questions to the journal; none of them locks.
namespace controller::journal {

inventory::Result<std::optional<Action>> find_action(inventory::mariadb::Connection& connection,
                                                     std::uint64_t id);
inventory::Result<std::vector<Action>> list_actions(inventory::mariadb::Connection& connection,
                                                    const ActionFilter& filter);
inventory::Result<std::vector<Step>> read_steps(inventory::mariadb::Connection& connection,
                                                std::uint64_t action_id);
inventory::Result<std::vector<Evidence>> read_evidence(inventory::mariadb::Connection& connection,
                                                       std::uint64_t action_id);
inventory::Result<std::vector<Attempt>> read_attempts_on(inventory::mariadb::Connection& connection,
                                                         const std::string& vm_uuid);
inventory::Result<std::vector<Attempt>> read_attempts_on_open_vms(inventory::mariadb::Connection& connection);
inventory::Result<std::vector<Attempt>> read_open_attempts(inventory::mariadb::Connection& connection);
inventory::Result<std::map<ActionState, std::uint64_t>> count_actions(
    inventory::mariadb::Connection& connection);

}  // namespace controller::journal
