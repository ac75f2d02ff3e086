#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::SnapshotBuilder;

TEST(HostHaState, is_there_only_where_host_ha_was_configured) {
    auto fenced = a_host(2);
    fenced.ha_state = "Fenced";
    const auto snapshot = SnapshotBuilder().host(a_host(1)).host(fenced).build();
    EXPECT_EQ(
        text_of(families::host_ha_state, snapshot),
        R"(# HELP cloudstack_host_ha_state The state of CloudStack's host HA. No series: host HA was never configured for the host.
# TYPE cloudstack_host_ha_state gauge
cloudstack_host_ha_state{host="kvm2",host_id="host-uuid-2",state="Fenced"} 1
)");
}

TEST(HostHaState, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_ha_state, SnapshotBuilder::nothing()), "");
}

}  // namespace
