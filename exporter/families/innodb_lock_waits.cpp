#include <cstdint>
#include <map>
#include <string_view>

#include "exporter/families/families.hpp"
#include "exporter/families/lock_tables.hpp"

namespace exporter::families {
namespace {

void write_innodb_lock_waits(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.innodb_locks) {
        return;
    }
    const auto& locks = snapshot.health.innodb_locks->value;
    std::map<std::string_view, std::uint64_t> waits_for;
    for (const auto& transaction : locks.transactions) {
        if (transaction.wait) {
            ++waits_for[table_label(*transaction.wait)];
        }
    }
    for (const auto& [table, waits] : waits_for) {
        writer.count({{"table", table}}, waits);
    }
}

}  // namespace

constinit const Family innodb_lock_waits{
    Group::innodb,
    "cloudstack_innodb_lock_waits",
    "Transactions that wait for an InnoDB lock, by the table that they wait for (other: not one of "
    "CloudStack's).",
    FamilyType::gauge,
    write_innodb_lock_waits,
};

}  // namespace exporter::families
