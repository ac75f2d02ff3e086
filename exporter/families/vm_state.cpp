#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_state(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        writer.flag({{"vm", vm.instance_name}, {"vm_id", vm.uuid}, {"state", to_word(vm.state)}}, true);
    });
}

}  // namespace

constinit const Family vm_state{
    Group::vm,
    "cloudstack_vm_state",
    "The state that CloudStack records for the VM (vm_instance.state).",
    FamilyType::gauge,
    write_vm_state,
};

}  // namespace exporter::families
