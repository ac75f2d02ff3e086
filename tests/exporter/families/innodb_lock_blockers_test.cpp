#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbLockBlockers, counts_the_roots_of_all_who_wait_for_a_table_by_their_state) {
    EXPECT_EQ(
        text_of(families::innodb_lock_blockers, lock_facts::with(lock_facts::two_chains())),
        R"(# HELP cloudstack_innodb_lock_blockers Transactions at the root of a chain of lock waits, by the tables that somebody in the chain waits for and by what the session of the root does.
# TYPE cloudstack_innodb_lock_blockers gauge
cloudstack_innodb_lock_blockers{table="op_networks",state="idle_in_transaction"} 1
cloudstack_innodb_lock_blockers{table="other",state="running"} 1
cloudstack_innodb_lock_blockers{table="vm_instance",state="idle_in_transaction"} 1
)");
}

TEST(InnodbLockBlockers, tells_of_nobody_when_the_blocker_is_gone) {
    const inventory::InnodbLocks locks{{lock_facts::waiter(2, 77, "vm_instance", lock_facts::seconds{1})}};
    EXPECT_EQ(text_of(families::innodb_lock_blockers, lock_facts::with(locks)), "");
}

TEST(InnodbLockBlockers, a_ring_has_a_root_that_waits) {
    const inventory::InnodbLocks locks{{lock_facts::waiter(1, 2, "vm_instance", lock_facts::seconds{1}),
                                        lock_facts::waiter(2, 1, "vm_instance", lock_facts::seconds{2})}};
    EXPECT_EQ(samples_of(families::innodb_lock_blockers, lock_facts::with(locks)),
              "cloudstack_innodb_lock_blockers{table=\"vm_instance\",state=\"waiting\"} 1\n");
}

TEST(InnodbLockBlockers, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_lock_blockers, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_lock_blockers, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
