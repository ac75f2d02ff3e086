#include "exporter/families/families.hpp"
#include "exporter/families/lock_tables.hpp"

namespace exporter::families {
namespace {

void write_innodb_lock_blocker_oldest_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.innodb_locks) {
        return;
    }
    const auto& locks = snapshot.health.innodb_locks->value;
    LongestOf roots;
    for (const auto& chain : inventory::lock_chains(locks).chains) {
        for (const auto table : tables_of(locks, chain)) {
            roots.note(table, locks.transactions[chain.root].age);
        }
    }
    for (const auto& [table, age] : roots.by_label()) {
        writer.sample({{"table", table}}, inventory::to_seconds(age));
    }
}

}  // namespace

constinit const Family innodb_lock_blocker_oldest_seconds{
    Group::innodb,
    "cloudstack_innodb_lock_blocker_oldest_seconds",
    "Age of the oldest transaction at the root of a chain in which somebody waits for this table.",
    FamilyType::gauge,
    write_innodb_lock_blocker_oldest_seconds,
};

}  // namespace exporter::families
