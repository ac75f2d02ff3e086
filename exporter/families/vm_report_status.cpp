#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_report_status(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_judged_vm(snapshot, [&](const inventory::VmRecord& vm, const inventory::JudgedVm& judged) {
        if (const auto status = judged.verdict.report) {
            writer.flag({{"vm", vm.instance_name}, {"vm_id", vm.uuid}, {"status", to_word(*status)}}, true);
        }
    });
}

}  // namespace

constinit const Family vm_report_status{
    Group::vm,
    "cloudstack_vm_report_status",
    "How the VM's power report is to be read. No series: no report is due.",
    FamilyType::gauge,
    write_vm_report_status,
};

}  // namespace exporter::families
