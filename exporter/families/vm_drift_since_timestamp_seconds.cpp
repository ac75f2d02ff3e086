#include "exporter/families/drifted.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_drift_since_timestamp_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_drifted_vm(snapshot, [&](const inventory::VmRecord& vm, const inventory::JudgedVm& judged) {
        // What cannot be judged has not been seen to drift, so there is no moment since when it does.
        if (judged.verdict.kind != inventory::DriftKind::unknown) {
            writer.sample({{"vm", vm.instance_name}, {"vm_id", vm.uuid}},
                          inventory::to_unix_seconds(judged.since));
        }
    });
}

}  // namespace

constinit const Family vm_drift_since_timestamp_seconds{
    Group::vm,
    "cloudstack_vm_drift_since_timestamp_seconds",
    "Since when the drift of the VM has been seen without a gap. It starts anew when the kind changes or the "
    "exporter restarts.",
    FamilyType::gauge,
    write_vm_drift_since_timestamp_seconds,
};

}  // namespace exporter::families
