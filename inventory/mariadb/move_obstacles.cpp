#include "inventory/mariadb/move_queries.hpp"

namespace inventory::mariadb {
namespace {

/// The facts whose query succeeded.
template <class T>
std::optional<T> known(Result<T> fact) {
    return fact ? std::optional{*std::move(fact)} : std::nullopt;
}

Result<std::uint64_t> count(Connection& connection, std::string_view statement, VmId vm) {
    const auto rows = connection.query(statement, {vm.value});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    return rows->empty() ? 0 : rows->front().number(0).value_or(0);
}

Result<std::vector<std::string>> words(Connection& connection, std::string_view statement, VmId vm) {
    const auto rows = connection.query(statement, {vm.value});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<std::string> list;
    for (const auto& row : *rows) {
        list.push_back(row.text_or(0, ""));
    }
    return list;
}

/// Null when there is no such row: what it would tell is unknown then.
std::optional<Row> one_row(Connection& connection, std::string_view statement,
                           const std::vector<Parameter>& parameters) {
    const auto rows = connection.query(statement, parameters);
    return rows && !rows->empty() ? std::optional{rows->front()} : std::nullopt;
}

void read_rules(MoveObstacles& obstacles, Connection& connection, VmId vm) {
    obstacles.port_forwarding_rules =
        known(count(connection, "SELECT COUNT(*) FROM port_forwarding_rules WHERE instance_id = ?", vm));
    // A static NAT rule is a firewall rule on an address that is mapped to the VM.
    obstacles.static_nat_rules =
        known(count(connection,
                    "SELECT COUNT(*) FROM user_ip_address p JOIN firewall_rules f"
                    " ON f.ip_address_id = p.id AND f.purpose = 'StaticNat' WHERE p.vm_id = ?",
                    vm));
    obstacles.load_balancer_rules =
        known(count(connection, "SELECT COUNT(*) FROM load_balancer_vm_map WHERE instance_id = ?", vm));
    obstacles.one_to_one_nat = known(words(connection,
                                           "SELECT public_ip_address FROM user_ip_address WHERE vm_id = ?"
                                           " AND one_to_one_nat = 1 AND removed IS NULL",
                                           vm));
}

void read_template(MoveObstacles& obstacles, Connection& connection, VmId vm, AccountId account) {
    const auto row = one_row(connection,
                             "SELECT t.name, t.public = 1 OR t.account_id = ? OR EXISTS (SELECT 1 FROM"
                             " launch_permission p WHERE p.template_id = t.id AND p.account_id = ?)"
                             " FROM vm_instance v JOIN vm_template t ON t.id = v.vm_template_id"
                             " WHERE v.id = ?",
                             {account.value, account.value, vm.value});
    if (row) {
        obstacles.vm_template = TemplateAccess{row->text_or(0, ""), row->number(1) == 1U};
    }
}

void read_places(MoveObstacles& obstacles, Connection& connection, VmId vm, AccountId old_owner) {
    const auto zone = one_row(connection,
                              "SELECT z.networktype, z.is_security_group_enabled FROM vm_instance v"
                              " JOIN data_center z ON z.id = v.data_center_id WHERE v.id = ?",
                              {vm.value});
    if (zone) {
        obstacles.zone = ZoneKind{zone->text_or(0, ""), zone->number(1) == 1U};
    }
    const auto account =
        one_row(connection, "SELECT state FROM account WHERE id = ? AND removed IS NULL", {old_owner.value});
    if (account) {
        obstacles.old_account_state = account->text(0);
    }
    const auto offerings = one_row(connection,
                                   "SELECT COUNT(*) FROM network_offerings WHERE availability = 'Required'"
                                   " AND removed IS NULL AND traffic_type = 'Guest' AND state = 'Enabled'",
                                   {});
    if (offerings) {
        obstacles.has_required_offering = offerings->number(0).value_or(0) > 0;
    }
}

}  // namespace

MoveObstacles read_move_obstacles(Connection& connection, const VmOwnership& vm,
                                  const MoveDestination& destination) {
    MoveObstacles obstacles;
    read_rules(obstacles, connection, vm.vm);
    obstacles.snapshots = known(words(connection,
                                      "SELECT DISTINCT o.name FROM volumes o JOIN snapshots s"
                                      " ON s.volume_id = o.id AND s.removed IS NULL"
                                      " AND s.status NOT IN ('Destroyed', 'Error')"
                                      " WHERE o.instance_id = ? AND o.removed IS NULL ORDER BY o.name",
                                      vm.vm));
    obstacles.resources = known(read_resource_room(connection, vm.vm, destination));
    read_template(obstacles, connection, vm.vm, destination.owner.account);
    read_places(obstacles, connection, vm.vm, vm.owner.account);
    return obstacles;
}

}  // namespace inventory::mariadb
