#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_power_reports(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        if (vm.report_count) {
            writer.count({{"vm", vm.instance_name}, {"vm_id", vm.uuid}}, *vm.report_count);
        }
    });
}

}  // namespace

constinit const Family vm_power_reports{
    Group::vm,
    "cloudstack_vm_power_reports",
    "Equal power reports in a row, as CloudStack counts them: it stops at 3.",
    FamilyType::gauge,
    write_vm_power_reports,
};

}  // namespace exporter::families
