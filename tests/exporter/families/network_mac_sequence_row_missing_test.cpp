#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_network;
using support::found;
using support::SnapshotBuilder;

TEST(NetworkMacSequenceRowMissing, names_the_networks_without_a_counter) {
    SnapshotBuilder cloud;
    cloud.health().mac_sequences = found<std::vector<inventory::MacSequence>>(
        {{a_network(204), 60}, {a_network(205), std::nullopt}, {a_network(206), 65540}});
    EXPECT_EQ(
        text_of(families::network_mac_sequence_row_missing, cloud.build()),
        R"(# HELP cloudstack_network_mac_sequence_row_missing Networks without a row in op_networks: no NIC can be made there. No series: the row is there.
# TYPE cloudstack_network_mac_sequence_row_missing gauge
cloudstack_network_mac_sequence_row_missing{network="tier",network_id="net-uuid-205"} 1
)");
}

TEST(NetworkMacSequenceRowMissing, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::network_mac_sequence_row_missing, SnapshotBuilder().build()), "");
}

}  // namespace
