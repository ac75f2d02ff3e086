#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbRowLockTimeSecondsTotal, is_what_the_server_has_counted) {
    EXPECT_EQ(
        text_of(
            families::innodb_row_lock_time_seconds_total,
            lock_facts::with(inventory::InnodbCounters{.row_lock_time = std::chrono::milliseconds{50250}})),
        R"(# HELP cloudstack_innodb_row_lock_time_seconds_total Time spent waiting for InnoDB row locks since the database server started.
# TYPE cloudstack_innodb_row_lock_time_seconds_total counter
cloudstack_innodb_row_lock_time_seconds_total 50.25
)");
}

TEST(InnodbRowLockTimeSecondsTotal, is_absent_when_the_server_does_not_tell) {
    EXPECT_EQ(
        text_of(families::innodb_row_lock_time_seconds_total, lock_facts::with(inventory::InnodbCounters{})),
        "");
}

TEST(InnodbRowLockTimeSecondsTotal, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_row_lock_time_seconds_total, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_row_lock_time_seconds_total, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
