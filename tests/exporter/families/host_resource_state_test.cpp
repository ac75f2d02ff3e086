#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::SnapshotBuilder;

TEST(HostResourceState, is_one_series_for_the_current_state) {
    auto out = a_host(2);
    out.resource_state = "Maintenance";
    const auto snapshot = SnapshotBuilder().host(a_host(1)).host(out).build();
    EXPECT_EQ(
        text_of(families::host_resource_state, snapshot),
        R"(# HELP cloudstack_host_resource_state The host's resource state in CloudStack: Enabled, Maintenance, ...
# TYPE cloudstack_host_resource_state gauge
cloudstack_host_resource_state{host="kvm1",host_id="host-uuid-1",state="Enabled"} 1
cloudstack_host_resource_state{host="kvm2",host_id="host-uuid-2",state="Maintenance"} 1
)");
}

TEST(HostResourceState, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_resource_state, SnapshotBuilder::nothing()), "");
}

}  // namespace
