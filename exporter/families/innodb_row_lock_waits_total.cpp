#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_innodb_row_lock_waits_total(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const auto& counters = snapshot.health.innodb_counters;
    if (counters && counters->value.row_lock_waits) {
        writer.count({}, *counters->value.row_lock_waits);
    }
}

}  // namespace

constinit const Family innodb_row_lock_waits_total{
    Group::innodb,
    "cloudstack_innodb_row_lock_waits_total",
    "Waits for an InnoDB row lock since the database server started.",
    FamilyType::counter,
    write_innodb_row_lock_waits_total,
};

}  // namespace exporter::families
