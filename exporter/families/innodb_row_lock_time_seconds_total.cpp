#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_innodb_row_lock_time_seconds_total(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const auto& counters = snapshot.health.innodb_counters;
    if (counters && counters->value.row_lock_time) {
        writer.sample({}, inventory::to_seconds(*counters->value.row_lock_time));
    }
}

}  // namespace

constinit const Family innodb_row_lock_time_seconds_total{
    Group::innodb,
    "cloudstack_innodb_row_lock_time_seconds_total",
    "Time spent waiting for InnoDB row locks since the database server started.",
    FamilyType::counter,
    write_innodb_row_lock_time_seconds_total,
};

}  // namespace exporter::families
