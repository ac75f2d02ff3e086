#include <algorithm>
#include <optional>

#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_innodb_transactions_oldest_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.innodb_locks) {
        return;
    }
    const auto& locks = snapshot.health.innodb_locks->value;
    std::optional<inventory::Duration> oldest;
    for (const auto& transaction : locks.transactions) {
        oldest = std::max(oldest, transaction.age);  // nothing is less than any age
    }
    if (oldest) {
        writer.sample({}, inventory::to_seconds(*oldest));
    }
}

}  // namespace

constinit const Family innodb_transactions_oldest_seconds{
    Group::innodb,
    "cloudstack_innodb_transactions_oldest_seconds",
    "Age of the oldest open transaction on the database server, those of Warden left out.",
    FamilyType::gauge,
    write_innodb_transactions_oldest_seconds,
};

}  // namespace exporter::families
