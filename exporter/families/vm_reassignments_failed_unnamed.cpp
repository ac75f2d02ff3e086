#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_reassignments_failed_unnamed(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (snapshot.health.reassignments) {
        writer.count({}, snapshot.health.reassignments->value.failed_unnamed);
    }
}

}  // namespace

constinit const Family vm_reassignments_failed_unnamed{
    Group::reassignment,
    "cloudstack_vm_reassignments_failed_unnamed",
    "Moves to another account that failed in the last 7 days and whose event does not say which VM it was.",
    FamilyType::gauge,
    write_vm_reassignments_failed_unnamed,
};

}  // namespace exporter::families
