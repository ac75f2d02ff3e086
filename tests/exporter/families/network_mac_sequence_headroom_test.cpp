#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_network;
using support::found;
using support::SnapshotBuilder;

TEST(NetworkMacSequenceHeadroom, is_what_is_left_of_sixteen_bits_and_negative_beyond) {
    SnapshotBuilder cloud;
    cloud.health().mac_sequences = found<std::vector<inventory::MacSequence>>(
        {{a_network(204), 60}, {a_network(205), std::nullopt}, {a_network(206), 65540}});
    EXPECT_EQ(
        text_of(families::network_mac_sequence_headroom, cloud.build()),
        R"(# HELP cloudstack_network_mac_sequence_headroom MAC addresses left before the counter of a network leaves its 16 bits. At 0 and below, its addresses may equal those of other networks.
# TYPE cloudstack_network_mac_sequence_headroom gauge
cloudstack_network_mac_sequence_headroom{network="tier",network_id="net-uuid-204"} 65476
cloudstack_network_mac_sequence_headroom{network="tier",network_id="net-uuid-206"} -4
)");
}

TEST(NetworkMacSequenceHeadroom, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::network_mac_sequence_headroom, SnapshotBuilder().build()), "");
}

}  // namespace
