#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_network;
using support::found;
using support::SnapshotBuilder;

/// A transaction that waits for the row with this primary key of op_networks.
inventory::InnodbTransaction waiter(std::uint64_t id, const std::string& key) {
    inventory::InnodbTransaction transaction;
    transaction.id = inventory::TransactionId{id};
    transaction.wait.emplace();
    transaction.wait->table = "op_networks";
    transaction.wait->is_of_cloud = true;
    transaction.wait->key = key;
    return transaction;
}

SnapshotBuilder two_networks() {
    SnapshotBuilder cloud;
    cloud.health().mac_sequences =
        found<std::vector<inventory::MacSequence>>({{a_network(204), 60}, {a_network(205), 60}});
    return cloud;
}

TEST(NetworkMacSequenceLockWaiters, counts_those_that_wait_for_the_row_of_a_network) {
    auto cloud = two_networks();
    cloud.health().innodb_locks =
        found(inventory::InnodbLocks{{waiter(1, "205"), waiter(2, "205"), waiter(3, "999")}});
    EXPECT_EQ(
        text_of(families::network_mac_sequence_lock_waiters, cloud.build()),
        R"(# HELP cloudstack_network_mac_sequence_lock_waiters Transactions that wait for the row of a network in op_networks, and with it for its next MAC address. No series: nobody waits.
# TYPE cloudstack_network_mac_sequence_lock_waiters gauge
cloudstack_network_mac_sequence_lock_waiters{network="tier",network_id="net-uuid-205"} 2
)");
}

TEST(NetworkMacSequenceLockWaiters, is_absent_where_nobody_waits_or_nothing_is_known) {
    auto cloud = two_networks();
    EXPECT_EQ(text_of(families::network_mac_sequence_lock_waiters, cloud.build()), "");
    cloud.health().innodb_locks = found(inventory::InnodbLocks{});
    EXPECT_EQ(text_of(families::network_mac_sequence_lock_waiters, cloud.build()), "");
}

}  // namespace
