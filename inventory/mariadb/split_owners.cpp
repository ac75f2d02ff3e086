#include "inventory/mariadb/columns.hpp"
#include "inventory/mariadb/health_queries.hpp"

namespace inventory::mariadb {

Result<std::vector<NamedVm>> read_vms_with_split_owners(Connection& connection) {
    std::vector<NamedVm> vms;
    // CloudStack attaches a volume only to a VM of the same owner. Every live VM is looked at, and its
    // volumes by their index on the VM.
    auto done = connection.each_row(
        "SELECT v.id, v.instance_name, v.uuid FROM vm_instance v"
        " WHERE v.removed IS NULL AND v.type = 'User' AND v.hypervisor_type = 'KVM' AND EXISTS"
        " (SELECT 1 FROM volumes o WHERE o.instance_id = v.id AND o.removed IS NULL"
        " AND (o.account_id <> v.account_id OR o.domain_id <> v.domain_id)) ORDER BY v.id",
        {}, [&vms](const Row& row) {
            vms.push_back(NamedVm{VmId{row.number(0).value_or(0)}, row.text_or(1, ""), row.text_or(2, "")});
        });
    if (!done) {
        return failure("cannot compare the owners of VMs and volumes", done.error());
    }
    return vms;
}

}  // namespace inventory::mariadb
