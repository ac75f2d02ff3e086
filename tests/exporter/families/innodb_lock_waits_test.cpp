#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbLockWaits, counts_by_table_and_names_only_tables_of_cloudstack) {
    EXPECT_EQ(
        text_of(families::innodb_lock_waits, lock_facts::with(lock_facts::two_chains())),
        R"(# HELP cloudstack_innodb_lock_waits Transactions that wait for an InnoDB lock, by the table that they wait for (other: not one of CloudStack's).
# TYPE cloudstack_innodb_lock_waits gauge
cloudstack_innodb_lock_waits{table="op_networks"} 1
cloudstack_innodb_lock_waits{table="other"} 1
cloudstack_innodb_lock_waits{table="vm_instance"} 2
)");
}

TEST(InnodbLockWaits, has_no_series_where_nobody_waits) {
    EXPECT_EQ(text_of(families::innodb_lock_waits, lock_facts::with(inventory::InnodbLocks{})), "");
}

TEST(InnodbLockWaits, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_lock_waits, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_lock_waits, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
