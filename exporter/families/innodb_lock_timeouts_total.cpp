#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_innodb_lock_timeouts_total(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const auto& counters = snapshot.health.innodb_counters;
    if (counters && counters->value.lock_timeouts) {
        writer.count({}, *counters->value.lock_timeouts);
    }
}

}  // namespace

constinit const Family innodb_lock_timeouts_total{
    Group::innodb,
    "cloudstack_innodb_lock_timeouts_total",
    "Statements that gave up waiting for an InnoDB lock (error 1205) since the database server started.",
    FamilyType::counter,
    write_innodb_lock_timeouts_total,
};

}  // namespace exporter::families
