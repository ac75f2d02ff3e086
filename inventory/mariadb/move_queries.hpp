#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inventory/mariadb/connection.hpp"
#include "inventory/model/move_obstacles.hpp"
#include "inventory/model/ownership.hpp"

/// What moving a VM to another account rests on: one file per query. None of them locks a row.
namespace inventory::mariadb {

/// Whose the live KVM VM with this uuid is, with its volumes, NICs and newest move, all of one moment; null
/// when there is none, or more than one.
Result<std::optional<VmOwnership>> read_vm_ownership(Connection& connection, const std::string& vm_uuid);

struct DestinationQuestion {
    std::string vm_uuid;  ///< in whose zone networks are looked for
    std::string account;
    std::string domain;  ///< uuid or path, as in /sales/ or ROOT/sales
    std::vector<std::string> network_uuids;
};

/// The account that a VM shall go to; null when there is none of this name in this domain.
Result<std::optional<MoveDestination>> read_move_destination(Connection& connection,
                                                             const DestinationQuestion& question);

/// What CloudStack would check. A query that fails (a table or a right is missing) leaves its fact unknown.
MoveObstacles read_move_obstacles(Connection& connection, const VmOwnership& vm,
                                  const MoveDestination& destination);

/// What the new account and the domains above it have left, of what the VM needs.
Result<std::vector<ResourceRoom>> read_resource_room(Connection& connection, VmId vm,
                                                     const MoveDestination& destination);

/// innodb_lock_wait_timeout of the server, which CloudStack's sessions have unless its pool says otherwise.
Result<Duration> read_lock_wait_timeout(Connection& connection);

}  // namespace inventory::mariadb
