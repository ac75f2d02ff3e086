#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::SnapshotBuilder;

TEST(HostStatus, is_one_series_for_the_current_status) {
    auto lost = a_host(2);
    lost.status = "Alert";
    const auto snapshot = SnapshotBuilder().host(a_host(1)).host(lost).build();
    EXPECT_EQ(
        text_of(families::host_status, snapshot),
        R"(# HELP cloudstack_host_status The host's status in CloudStack: Up, Down, Alert, Disconnected, ...
# TYPE cloudstack_host_status gauge
cloudstack_host_status{host="kvm1",host_id="host-uuid-1",status="Up"} 1
cloudstack_host_status{host="kvm2",host_id="host-uuid-2",status="Alert"} 1
)");
}

TEST(HostStatus, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_status, SnapshotBuilder::nothing()), "");
}

}  // namespace
