#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

using inventory::HypervisorState;

void write_vm_hypervisor_state(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_judged_vm(snapshot, [&](const inventory::VmRecord& vm, const inventory::JudgedVm& judged) {
        const auto shown = judged.verdict.shown;
        if (shown != HypervisorState::unknown) {
            writer.flag({{"vm", vm.instance_name}, {"vm_id", vm.uuid}, {"state", to_word(shown)}}, true);
        }
    });
}

}  // namespace

constinit const Family vm_hypervisor_state{
    Group::vm,
    "cloudstack_vm_hypervisor_state",
    "What libvirt itself shows of the VM; absent: no host has it, and every host that could have it "
    "answered. "
    "No series: unknown.",
    FamilyType::gauge,
    write_vm_hypervisor_state,
};

}  // namespace exporter::families
