#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_innodb_deadlocks_total(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const auto& counters = snapshot.health.innodb_counters;
    if (counters && counters->value.deadlocks) {
        writer.count({}, *counters->value.deadlocks);
    }
}

}  // namespace

constinit const Family innodb_deadlocks_total{
    Group::innodb,
    "cloudstack_innodb_deadlocks_total",
    "Transactions that InnoDB rolled back to end a deadlock (error 1213) since the database server started.",
    FamilyType::counter,
    write_innodb_deadlocks_total,
};

}  // namespace exporter::families
