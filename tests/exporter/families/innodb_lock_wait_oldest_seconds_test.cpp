#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbLockWaitOldestSeconds, is_the_longest_wait_of_each_table) {
    EXPECT_EQ(
        text_of(families::innodb_lock_wait_oldest_seconds, lock_facts::with(lock_facts::two_chains())),
        R"(# HELP cloudstack_innodb_lock_wait_oldest_seconds How long the oldest wait for an InnoDB lock has lasted, by the table that it is for.
# TYPE cloudstack_innodb_lock_wait_oldest_seconds gauge
cloudstack_innodb_lock_wait_oldest_seconds{table="op_networks"} 40
cloudstack_innodb_lock_wait_oldest_seconds{table="other"} 4
cloudstack_innodb_lock_wait_oldest_seconds{table="vm_instance"} 30
)");
}

TEST(InnodbLockWaitOldestSeconds, is_absent_for_a_wait_whose_beginning_is_unknown) {
    const inventory::InnodbLocks locks{{lock_facts::waiter(2, 1, "vm_instance", std::nullopt)}};
    EXPECT_EQ(text_of(families::innodb_lock_wait_oldest_seconds, lock_facts::with(locks)), "");
}

TEST(InnodbLockWaitOldestSeconds, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_lock_wait_oldest_seconds, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_lock_wait_oldest_seconds, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
