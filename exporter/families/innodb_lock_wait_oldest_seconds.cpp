#include "exporter/families/families.hpp"
#include "exporter/families/lock_tables.hpp"

namespace exporter::families {
namespace {

void write_innodb_lock_wait_oldest_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.innodb_locks) {
        return;
    }
    const auto& locks = snapshot.health.innodb_locks->value;
    LongestOf waits;
    for (const auto& transaction : locks.transactions) {
        if (transaction.wait) {
            waits.note(table_label(*transaction.wait), transaction.wait->lasted);
        }
    }
    for (const auto& [table, lasted] : waits.by_label()) {
        writer.sample({{"table", table}}, inventory::to_seconds(lasted));
    }
}

}  // namespace

constinit const Family innodb_lock_wait_oldest_seconds{
    Group::innodb,
    "cloudstack_innodb_lock_wait_oldest_seconds",
    "How long the oldest wait for an InnoDB lock has lasted, by the table that it is for.",
    FamilyType::gauge,
    write_innodb_lock_wait_oldest_seconds,
};

}  // namespace exporter::families
