#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbLockTimeoutsTotal, is_what_the_server_has_counted) {
    EXPECT_EQ(
        text_of(families::innodb_lock_timeouts_total,
                lock_facts::with(inventory::InnodbCounters{.lock_timeouts = 3})),
        R"(# HELP cloudstack_innodb_lock_timeouts_total Statements that gave up waiting for an InnoDB lock (error 1205) since the database server started.
# TYPE cloudstack_innodb_lock_timeouts_total counter
cloudstack_innodb_lock_timeouts_total 3
)");
}

TEST(InnodbLockTimeoutsTotal, is_absent_when_the_server_does_not_tell) {
    EXPECT_EQ(text_of(families::innodb_lock_timeouts_total, lock_facts::with(inventory::InnodbCounters{})),
              "");
}

TEST(InnodbLockTimeoutsTotal, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_lock_timeouts_total, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_lock_timeouts_total, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
