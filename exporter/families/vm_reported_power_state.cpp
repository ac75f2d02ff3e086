#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_reported_power_state(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        writer.flag({{"vm", vm.instance_name}, {"vm_id", vm.uuid}, {"power_state", to_word(vm.power_state)}},
                    true);
    });
}

}  // namespace

constinit const Family vm_reported_power_state{
    Group::vm,
    "cloudstack_vm_reported_power_state",
    "What the host's agent last reported of the VM, or that its report lacked it (vm_instance.power_state).",
    FamilyType::gauge,
    write_vm_reported_power_state,
};

}  // namespace exporter::families
