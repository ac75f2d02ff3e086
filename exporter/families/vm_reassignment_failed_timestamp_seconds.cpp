#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_reassignment_failed_timestamp_seconds(const inventory::Snapshot& snapshot,
                                                    SampleWriter& writer) {
    if (!snapshot.health.reassignments) {
        return;
    }
    for (const auto& move : snapshot.health.reassignments->value.failed) {
        writer.sample({{"vm", move.vm.instance_name}, {"vm_id", move.vm.uuid}},
                      inventory::to_unix_seconds(move.failed_at));
    }
}

}  // namespace

constinit const Family vm_reassignment_failed_timestamp_seconds{
    Group::reassignment,
    "cloudstack_vm_reassignment_failed_timestamp_seconds",
    "When the newest move of a VM to another account failed, in the last 7 days. No series: it did not, or a "
    "later move succeeded.",
    FamilyType::gauge,
    write_vm_reassignment_failed_timestamp_seconds,
};

}  // namespace exporter::families
