#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_power_report_age_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        if (vm.report_time) {
            const auto age = snapshot.records->read_at - *vm.report_time;
            writer.sample({{"vm", vm.instance_name}, {"vm_id", vm.uuid}}, inventory::to_seconds(age));
        }
    });
}

}  // namespace

constinit const Family vm_power_report_age_seconds{
    Group::vm,
    "cloudstack_vm_power_report_age_seconds",
    "Age of the VM's power report when the database was read. It says nothing for a healthy VM, whose report "
    "CloudStack stops refreshing: alert on cloudstack_vm_report_status.",
    FamilyType::gauge,
    write_vm_power_report_age_seconds,
};

}  // namespace exporter::families
