#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"
#include "exporter/families/places.hpp"

namespace exporter::families {
namespace {

void write_vm_info(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records) {
        return;
    }
    const Places places(*snapshot.records);
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        writer.flag({{"vm", vm.instance_name},
                     {"vm_id", vm.uuid},
                     {"account", vm.account},
                     {"domain", vm.domain_path},
                     {"zone", places.zone_name(vm.zone)},
                     {"cluster", places.cluster_name(vm.host)},
                     {"host", places.host_name(vm.host)},
                     {"type", vm.type},
                     {"ha", vm.ha_enabled ? "true" : "false"}},
                    true);
    });
}

}  // namespace

constinit const Family vm_info{
    Group::vm,
    "cloudstack_vm_info",
    "What CloudStack records of the VM and may change: join it on vm_id. Host and cluster are those it is "
    "recorded on.",
    FamilyType::gauge,
    write_vm_info,
};

}  // namespace exporter::families
