#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_network;
using support::found;
using support::SnapshotBuilder;

TEST(NetworkNicsCountDrift, tells_which_way_and_how_far) {
    SnapshotBuilder cloud;
    inventory::MacAudit audit;
    audit.nics_count = {{a_network(204), 2}, {a_network(205), -1}};
    cloud.health().mac_audit = found(audit);
    EXPECT_EQ(
        text_of(families::network_nics_count_drift, cloud.build()),
        R"(# HELP cloudstack_network_nics_count_drift How far op_networks.nics_count is above the NICs that user VMs have in use there: above, the network is never cleaned up; below, it may be shut down in use. No series: they are equal.
# TYPE cloudstack_network_nics_count_drift gauge
cloudstack_network_nics_count_drift{network="tier",network_id="net-uuid-204"} 2
cloudstack_network_nics_count_drift{network="tier",network_id="net-uuid-205"} -1
)");
}

TEST(NetworkNicsCountDrift, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::network_nics_count_drift, SnapshotBuilder().build()), "");
}

}  // namespace
