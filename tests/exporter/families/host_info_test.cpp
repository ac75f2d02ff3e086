#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::SnapshotBuilder;

TEST(HostInfo, names_what_may_change) {
    const auto snapshot = SnapshotBuilder().host(a_host(1)).build();
    EXPECT_EQ(
        text_of(families::host_info, snapshot),
        R"(# HELP cloudstack_host_info What CloudStack records of the KVM host and may change: join it on host_id.
# TYPE cloudstack_host_info gauge
cloudstack_host_info{host="kvm1",host_id="host-uuid-1",private_ip="10.0.0.1",cluster="pod-a",zone="north"} 1
)");
}

TEST(HostInfo, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_info, SnapshotBuilder::nothing()), "");
}

}  // namespace
