#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbLockWaitTimeoutSeconds, is_the_setting_of_the_server) {
    EXPECT_EQ(
        text_of(families::innodb_lock_wait_timeout_seconds,
                lock_facts::with(inventory::InnodbCounters{.lock_wait_timeout = std::chrono::seconds{50}})),
        R"(# HELP cloudstack_innodb_lock_wait_timeout_seconds How long a statement waits for an InnoDB lock before it gives up (setting innodb_lock_wait_timeout).
# TYPE cloudstack_innodb_lock_wait_timeout_seconds gauge
cloudstack_innodb_lock_wait_timeout_seconds 50
)");
}

TEST(InnodbLockWaitTimeoutSeconds, is_absent_when_the_server_does_not_tell) {
    EXPECT_EQ(
        text_of(families::innodb_lock_wait_timeout_seconds, lock_facts::with(inventory::InnodbCounters{})),
        "");
}

TEST(InnodbLockWaitTimeoutSeconds, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_lock_wait_timeout_seconds, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_lock_wait_timeout_seconds, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
