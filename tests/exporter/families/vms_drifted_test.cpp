#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::DriftKind;
using inventory::HypervisorState;
using support::a_host;
using support::a_vm;
using support::SnapshotBuilder;
using support::verdict;

TEST(VmsDrifted, counts_by_zone_cluster_and_kind) {
    const auto dead = verdict(DriftKind::stopped_out_of_band, HypervisorState::absent);
    auto nowhere = a_vm(46);
    nowhere.host.reset();
    const auto snapshot = SnapshotBuilder()
                              .host(a_host(1))
                              .vm(a_vm(43))
                              .vm(a_vm(44), dead)
                              .vm(a_vm(45), dead)
                              .vm(nowhere, verdict(DriftKind::unknown, HypervisorState::unknown))
                              .build();
    EXPECT_EQ(
        text_of(families::vms_drifted, snapshot),
        R"(# HELP cloudstack_vms_drifted VMs whose CloudStack record and hypervisors disagree, or that cannot be judged (kind unknown).
# TYPE cloudstack_vms_drifted gauge
cloudstack_vms_drifted{zone="north",kind="unknown"} 1
cloudstack_vms_drifted{zone="north",cluster="pod-a",kind="stopped_out_of_band"} 2
)");
}

TEST(VmsDrifted, is_absent_where_all_agree) {
    const auto snapshot = SnapshotBuilder().host(a_host(1)).vm(a_vm(43)).build();
    EXPECT_EQ(text_of(families::vms_drifted, snapshot), "");
}

TEST(VmsDrifted, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vms_drifted, SnapshotBuilder::nothing()), "");
}

}  // namespace
