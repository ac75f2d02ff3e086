#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbRowLockWaitsTotal, is_what_the_server_has_counted) {
    EXPECT_EQ(
        text_of(families::innodb_row_lock_waits_total,
                lock_facts::with(inventory::InnodbCounters{.row_lock_waits = 12})),
        R"(# HELP cloudstack_innodb_row_lock_waits_total Waits for an InnoDB row lock since the database server started.
# TYPE cloudstack_innodb_row_lock_waits_total counter
cloudstack_innodb_row_lock_waits_total 12
)");
}

TEST(InnodbRowLockWaitsTotal, is_absent_when_the_server_does_not_tell) {
    EXPECT_EQ(text_of(families::innodb_row_lock_waits_total, lock_facts::with(inventory::InnodbCounters{})),
              "");
}

TEST(InnodbRowLockWaitsTotal, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_row_lock_waits_total, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_row_lock_waits_total, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
