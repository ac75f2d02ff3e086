#include "exporter/families/families.hpp"
#include "exporter/families/oldest.hpp"

namespace exporter::families {
namespace {

void write_vm_job_oldest_age_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records || !snapshot.records->vm_jobs) {
        return;
    }
    if (const auto oldest = oldest_of(*snapshot.records->vm_jobs)) {
        writer.sample({}, inventory::to_seconds(snapshot.records->read_at - *oldest));
    }
}

}  // namespace

constinit const Family vm_job_oldest_age_seconds{
    Group::cloudstack,
    "cloudstack_vm_job_oldest_age_seconds",
    "Age of the oldest job in progress when the database was read. No series: there is none.",
    FamilyType::gauge,
    write_vm_job_oldest_age_seconds,
};

}  // namespace exporter::families
