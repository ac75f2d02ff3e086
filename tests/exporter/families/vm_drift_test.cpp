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

TEST(VmDrift, names_kind_and_place) {
    auto vm = a_vm(43);
    vm.ha_enabled = true;
    const auto snapshot = SnapshotBuilder()
                              .host(a_host(1))
                              .vm(vm, verdict(DriftKind::stopped_out_of_band, HypervisorState::absent))
                              .build();
    EXPECT_EQ(
        text_of(families::vm_drift, snapshot),
        R"(# HELP cloudstack_vm_drift VMs whose CloudStack record and hypervisors disagree, or that cannot be judged (kind unknown).
# TYPE cloudstack_vm_drift gauge
cloudstack_vm_drift{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",kind="stopped_out_of_band",host="kvm1",cluster="pod-a",zone="north",ha="true"} 1
)");
}

TEST(VmDrift, names_where_a_vm_lives_that_is_recorded_nowhere) {
    auto vm = a_vm(43);
    vm.host.reset();
    auto lives = verdict(DriftKind::running_recorded_stopped, HypervisorState::running);
    lives.alive_on = {inventory::HostId{2}};
    const auto snapshot = SnapshotBuilder().host(a_host(1)).host(a_host(2)).vm(vm, lives).build();
    EXPECT_EQ(
        samples_of(families::vm_drift, snapshot),
        R"(cloudstack_vm_drift{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",kind="running_recorded_stopped",host="kvm2",cluster="pod-a",zone="north",ha="false"} 1
)");
}

TEST(VmDrift, says_so_when_a_vm_cannot_be_judged) {
    const auto snapshot =
        SnapshotBuilder().vm(a_vm(43), verdict(DriftKind::unknown, HypervisorState::unknown)).build();
    EXPECT_EQ(
        samples_of(families::vm_drift, snapshot),
        R"(cloudstack_vm_drift{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",kind="unknown",zone="north",ha="false"} 1
)");
}

TEST(VmDrift, is_absent_where_all_agree) {
    const auto snapshot = SnapshotBuilder().host(a_host(1)).vm(a_vm(43)).build();
    EXPECT_EQ(text_of(families::vm_drift, snapshot), "");
}

TEST(VmDrift, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_drift, SnapshotBuilder::nothing()), "");
}

}  // namespace
