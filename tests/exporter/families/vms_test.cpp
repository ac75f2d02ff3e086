#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_vm;
using support::SnapshotBuilder;

TEST(Vms, counts_by_zone_and_state) {
    auto stopped = a_vm(45);
    stopped.state = inventory::VmState::stopped;
    auto elsewhere = a_vm(46);
    elsewhere.zone = inventory::ZoneId{2};
    SnapshotBuilder cloud;
    cloud.records().zones[inventory::ZoneId{2}] = "south";
    const auto snapshot = cloud.vm(a_vm(43)).vm(a_vm(44)).vm(stopped).vm(elsewhere).build();
    EXPECT_EQ(text_of(families::vms, snapshot),
              R"(# HELP cloudstack_vms VMs by zone and by the state that CloudStack records.
# TYPE cloudstack_vms gauge
cloudstack_vms{zone="north",state="Running"} 2
cloudstack_vms{zone="north",state="Stopped"} 1
cloudstack_vms{zone="south",state="Running"} 1
)");
}

TEST(Vms, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vms, SnapshotBuilder::nothing()), "");
}

}  // namespace
