#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_network;
using support::found;
using support::SnapshotBuilder;

TEST(NetworkMacSequenceBehind, tells_by_how_much) {
    SnapshotBuilder cloud;
    inventory::MacAudit audit;
    audit.behind = {{a_network(204), 3}};
    cloud.health().mac_audit = found(audit);
    EXPECT_EQ(
        text_of(families::network_mac_sequence_behind, cloud.build()),
        R"(# HELP cloudstack_network_mac_sequence_behind How many values the counter of a network stands behind MAC addresses that are in use: as many may be given out twice. No series: it is ahead.
# TYPE cloudstack_network_mac_sequence_behind gauge
cloudstack_network_mac_sequence_behind{network="tier",network_id="net-uuid-204"} 3
)");
}

TEST(NetworkMacSequenceBehind, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::network_mac_sequence_behind, SnapshotBuilder().build()), "");
}

}  // namespace
