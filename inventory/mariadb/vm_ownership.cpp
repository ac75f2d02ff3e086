#include "inventory/mariadb/columns.hpp"
#include "inventory/mariadb/move_queries.hpp"

namespace inventory::mariadb {
namespace {

/// The columns of the query below, in their order; what stands in them depends on the part.
namespace part_row {
enum Column : std::size_t {
    part,
    id,       ///< of the VM, the volume, the NIC's network, the event
    account,  ///< of the row's owner
    domain,
    word,  ///< state, name, guest type, level
    uuid,  ///< of the NIC's network
    flag,  ///< is the default NIC
    time,  ///< of the event
};
}  // namespace part_row

enum class Part : std::uint64_t { vm = 1, volume = 2, nic = 3, move = 4 };

/// One statement sees one moment: read one after the other, an owner could be from before a move and its
/// volumes from after it. Each part is found by an index: uuid, instance_id, type of event.
constexpr std::string_view ownership =
    "SELECT 1, v.id, v.account_id, v.domain_id, CONVERT(v.state USING utf8mb4), NULL, NULL,"
    " NULL FROM vm_instance v WHERE v.uuid = ? AND v.removed IS NULL AND v.hypervisor_type = 'KVM'"
    " UNION ALL SELECT 2, o.id, o.account_id, o.domain_id, CONVERT(o.name USING utf8mb4), NULL, NULL,"
    " NULL FROM vm_instance v JOIN volumes o ON o.instance_id = v.id AND o.removed IS NULL"
    " WHERE v.uuid = ? AND v.removed IS NULL"
    " UNION ALL SELECT 3, n.id, n.account_id, n.domain_id, CONVERT(n.guest_type USING utf8mb4),"
    " CONVERT(n.uuid USING utf8mb4), i.default_nic, NULL"
    " FROM vm_instance v JOIN nics i ON i.instance_id = v.id AND i.removed IS NULL"
    " JOIN networks n ON n.id = i.network_id WHERE v.uuid = ? AND v.removed IS NULL"
    " UNION ALL SELECT 4, e.id, NULL, NULL, CONVERT(e.level USING utf8mb4), NULL, NULL,"
    " e.created FROM event e"
    " WHERE e.id = (SELECT MAX(m.id) FROM vm_instance v JOIN event m ON m.type = 'VM.MOVE'"
    " AND m.resource_type = 'VirtualMachine' AND m.resource_id = v.id"
    " WHERE v.uuid = ? AND v.removed IS NULL)";

Owner owner_of(const Row& row) {
    return {AccountId{row.number(part_row::account).value_or(0)},
            AccountDomainId{row.number(part_row::domain).value_or(0)}};
}

void add_vm(VmOwnership& vm, const Row& row) {
    vm.vm = VmId{row.number(part_row::id).value_or(0)};
    vm.owner = owner_of(row);
    vm.state = parse_vm_state(row.text_or(part_row::word, ""));
}

void add(VmOwnership& vm, const Row& row) {
    switch (static_cast<Part>(row.number(part_row::part).value_or(0))) {
        case Part::vm:
            add_vm(vm, row);
            break;
        case Part::volume:
            vm.volumes.push_back({row.text_or(part_row::word, ""), owner_of(row)});
            break;
        case Part::nic:
            vm.nics.push_back({.network = NetworkId{row.number(part_row::id).value_or(0)},
                               .network_uuid = row.text_or(part_row::uuid, ""),
                               .guest_type = row.text_or(part_row::word, ""),
                               .network_account = AccountId{row.number(part_row::account).value_or(0)},
                               .is_default = row.number(part_row::flag) == 1U});
            break;
        case Part::move:
            vm.newest_move =
                MoveMark{row.number(part_row::id).value_or(0), row.text_or(part_row::word, "") == "ERROR",
                         row.time(part_row::time).value_or(Time{})};
            break;
    }
}

}  // namespace

Result<std::optional<VmOwnership>> read_vm_ownership(Connection& connection, const std::string& vm_uuid) {
    VmOwnership vm;
    std::size_t vms = 0;
    auto done = connection.each_row(ownership, {vm_uuid, vm_uuid, vm_uuid, vm_uuid}, [&](const Row& row) {
        vms += row.number(part_row::part) == static_cast<std::uint64_t>(Part::vm) ? 1U : 0U;
        add(vm, row);
    });
    if (!done) {
        return failure("cannot read whose VM " + vm_uuid + " is", done.error());
    }
    return vms == 1 ? std::optional{std::move(vm)} : std::nullopt;
}

Result<Duration> read_lock_wait_timeout(Connection& connection) {
    const auto rows = connection.query("SELECT @@GLOBAL.innodb_lock_wait_timeout");
    if (!rows) {
        return failure("cannot read innodb_lock_wait_timeout", rows.error());
    }
    return std::chrono::seconds{rows->empty() ? 0 : rows->front().signed_number(0).value_or(0)};
}

}  // namespace inventory::mariadb
