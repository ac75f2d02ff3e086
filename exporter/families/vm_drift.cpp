#include "exporter/families/drifted.hpp"
#include "exporter/families/families.hpp"
#include "exporter/families/places.hpp"

namespace exporter::families {
namespace {

void write_vm_drift(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records) {
        return;
    }
    const Places places(*snapshot.records);
    for_each_drifted_vm(snapshot, [&](const inventory::VmRecord& vm, const inventory::JudgedVm& judged) {
        const auto place = place_of(vm, judged.verdict);
        writer.flag({{"vm", vm.instance_name},
                     {"vm_id", vm.uuid},
                     {"kind", to_word(judged.verdict.kind)},
                     {"host", places.host_name(place)},
                     {"cluster", places.cluster_name(place)},
                     {"zone", places.zone_name(vm.zone)},
                     {"ha", vm.ha_enabled ? "true" : "false"}},
                    true);
    });
}

}  // namespace

constinit const Family vm_drift{
    Group::vm,
    "cloudstack_vm_drift",
    "VMs whose CloudStack record and hypervisors disagree, or that cannot be judged (kind unknown).",
    FamilyType::gauge,
    write_vm_drift,
};

}  // namespace exporter::families
