#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbLockBlockerOldestSeconds, is_the_age_of_the_oldest_root_of_each_table) {
    EXPECT_EQ(
        text_of(families::innodb_lock_blocker_oldest_seconds, lock_facts::with(lock_facts::two_chains())),
        R"(# HELP cloudstack_innodb_lock_blocker_oldest_seconds Age of the oldest transaction at the root of a chain in which somebody waits for this table.
# TYPE cloudstack_innodb_lock_blocker_oldest_seconds gauge
cloudstack_innodb_lock_blocker_oldest_seconds{table="op_networks"} 90
cloudstack_innodb_lock_blocker_oldest_seconds{table="other"} 5
cloudstack_innodb_lock_blocker_oldest_seconds{table="vm_instance"} 90
)");
}

TEST(InnodbLockBlockerOldestSeconds, has_no_series_where_nobody_waits) {
    EXPECT_EQ(
        text_of(families::innodb_lock_blocker_oldest_seconds, lock_facts::with(inventory::InnodbLocks{})),
        "");
}

TEST(InnodbLockBlockerOldestSeconds, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_lock_blocker_oldest_seconds, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_lock_blocker_oldest_seconds, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
