#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_vm_jobs_in_progress(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (snapshot.records && snapshot.records->vm_jobs) {
        writer.count({}, snapshot.records->vm_jobs->size());
    }
}

}  // namespace

constinit const Family vm_jobs_in_progress{
    Group::cloudstack, "cloudstack_vm_jobs_in_progress", "Jobs for VMs that CloudStack has in progress.",
    FamilyType::gauge, write_vm_jobs_in_progress,
};

}  // namespace exporter::families
