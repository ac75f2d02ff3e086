#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::found;
using support::SnapshotBuilder;

TEST(MacAddressesDuplicated, counts_within_networks_and_zones_and_knows_none_from_unknown) {
    SnapshotBuilder cloud;
    inventory::MacAudit audit;
    audit.duplicated_in_zone = 4;
    cloud.health().mac_audit = found(audit);
    EXPECT_EQ(
        text_of(families::mac_addresses_duplicated, cloud.build()),
        R"(# HELP cloudstack_mac_addresses_duplicated MAC addresses that more than one live NIC has, within one guest network or among all guest networks of one zone.
# TYPE cloudstack_mac_addresses_duplicated gauge
cloudstack_mac_addresses_duplicated{scope="network"} 0
cloudstack_mac_addresses_duplicated{scope="zone"} 4
)");
}

TEST(MacAddressesDuplicated, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::mac_addresses_duplicated, SnapshotBuilder().build()), "");
}

}  // namespace
