#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_innodb_lock_wait_timeout_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const auto& counters = snapshot.health.innodb_counters;
    if (counters && counters->value.lock_wait_timeout) {
        writer.sample({}, inventory::to_seconds(*counters->value.lock_wait_timeout));
    }
}

}  // namespace

constinit const Family innodb_lock_wait_timeout_seconds{
    Group::innodb,
    "cloudstack_innodb_lock_wait_timeout_seconds",
    "How long a statement waits for an InnoDB lock before it gives up (setting innodb_lock_wait_timeout).",
    FamilyType::gauge,
    write_innodb_lock_wait_timeout_seconds,
};

}  // namespace exporter::families
