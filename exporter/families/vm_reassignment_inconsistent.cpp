#include <set>

#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_remains(const inventory::NamedVm& vm, const inventory::MoveRemains& remains,
                   SampleWriter& writer) {
    const auto tell = [&](bool is_so, std::string_view what) {
        if (is_so) {
            writer.flag({{"vm", vm.instance_name}, {"vm_id", vm.uuid}, {"what", what}}, true);
        }
    };
    tell(remains.owner_differs, "owner_differs");
    tell(remains.no_nic, "no_nic");
    tell(remains.network_left, "network_left");
}

/// Failed moves are looked at often, the owners of all VMs seldom: what both tell is told once.
void write_vm_reassignment_inconsistent(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    std::set<inventory::VmId> looked_at;
    if (snapshot.health.reassignments) {
        for (const auto& move : snapshot.health.reassignments->value.failed) {
            write_remains(move.vm, move.remains, writer);
            looked_at.insert(move.vm.id);
        }
    }
    if (!snapshot.health.split_owners) {
        return;
    }
    for (const auto& vm : snapshot.health.split_owners->value) {
        if (!looked_at.contains(vm.id)) {
            write_remains(vm, inventory::MoveRemains{.owner_differs = true}, writer);
        }
    }
}

}  // namespace

constinit const Family vm_reassignment_inconsistent{
    Group::reassignment,
    "cloudstack_vm_reassignment_inconsistent",
    "VMs that a broken move to another account left in pieces: a volume with another owner than the VM, a "
    "stopped VM without any NIC, an unused network made for the new owner.",
    FamilyType::gauge,
    write_vm_reassignment_inconsistent,
};

}  // namespace exporter::families
