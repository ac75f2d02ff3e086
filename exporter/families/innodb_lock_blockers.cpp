#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "exporter/families/families.hpp"
#include "exporter/families/lock_tables.hpp"

namespace exporter::families {
namespace {

void write_innodb_lock_blockers(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.innodb_locks) {
        return;
    }
    const auto& locks = snapshot.health.innodb_locks->value;
    std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> blockers_of;
    for (const auto& chain : inventory::lock_chains(locks).chains) {
        const auto state = inventory::to_word(locks.transactions[chain.root].state);
        for (const auto table : tables_of(locks, chain)) {
            ++blockers_of[{table, state}];
        }
    }
    for (const auto& [place, blockers] : blockers_of) {
        writer.count({{"table", place.first}, {"state", place.second}}, blockers);
    }
}

}  // namespace

constinit const Family innodb_lock_blockers{
    Group::innodb,
    "cloudstack_innodb_lock_blockers",
    "Transactions at the root of a chain of lock waits, by the tables that somebody in the chain waits for "
    "and by what the session of the root does.",
    FamilyType::gauge,
    write_innodb_lock_blockers,
};

}  // namespace exporter::families
