#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbDeadlocksTotal, is_what_the_server_has_counted) {
    EXPECT_EQ(
        text_of(families::innodb_deadlocks_total,
                lock_facts::with(inventory::InnodbCounters{.deadlocks = 0})),
        R"(# HELP cloudstack_innodb_deadlocks_total Transactions that InnoDB rolled back to end a deadlock (error 1213) since the database server started.
# TYPE cloudstack_innodb_deadlocks_total counter
cloudstack_innodb_deadlocks_total 0
)");
}

TEST(InnodbDeadlocksTotal, is_absent_when_the_server_does_not_tell) {
    EXPECT_EQ(text_of(families::innodb_deadlocks_total, lock_facts::with(inventory::InnodbCounters{})), "");
}

TEST(InnodbDeadlocksTotal, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_deadlocks_total, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_deadlocks_total, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
