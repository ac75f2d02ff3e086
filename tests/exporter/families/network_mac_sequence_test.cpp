#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_network;
using support::found;
using support::SnapshotBuilder;

TEST(NetworkMacSequence, is_the_next_value_of_each_counter_that_is_there) {
    SnapshotBuilder cloud;
    cloud.health().mac_sequences = found<std::vector<inventory::MacSequence>>(
        {{a_network(204), 60}, {a_network(205), std::nullopt}, {a_network(206), 65540}});
    EXPECT_EQ(
        text_of(families::network_mac_sequence, cloud.build()),
        R"(# HELP cloudstack_network_mac_sequence The next value of the counter that the MAC addresses of a network are made from (op_networks.mac_address_seq).
# TYPE cloudstack_network_mac_sequence gauge
cloudstack_network_mac_sequence{network="tier",network_id="net-uuid-204"} 60
cloudstack_network_mac_sequence{network="tier",network_id="net-uuid-206"} 65540
)");
}

TEST(NetworkMacSequence, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::network_mac_sequence, SnapshotBuilder().build()), "");
}

}  // namespace
