#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;

TEST(InnodbTransactionsOldestSeconds, is_the_age_of_the_oldest_transaction_waiting_or_not) {
    EXPECT_EQ(
        text_of(families::innodb_transactions_oldest_seconds, lock_facts::with(lock_facts::two_chains())),
        R"(# HELP cloudstack_innodb_transactions_oldest_seconds Age of the oldest open transaction on the database server, those of Warden left out.
# TYPE cloudstack_innodb_transactions_oldest_seconds gauge
cloudstack_innodb_transactions_oldest_seconds 90
)");
}

TEST(InnodbTransactionsOldestSeconds, has_no_sample_where_no_transaction_is_open) {
    EXPECT_EQ(
        text_of(families::innodb_transactions_oldest_seconds, lock_facts::with(inventory::InnodbLocks{})),
        "");
}

TEST(InnodbTransactionsOldestSeconds, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::innodb_transactions_oldest_seconds, support::SnapshotBuilder{}.build()), "");
    EXPECT_EQ(text_of(families::innodb_transactions_oldest_seconds, support::SnapshotBuilder::nothing()), "");
}

}  // namespace
