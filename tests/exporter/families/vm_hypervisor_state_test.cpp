#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::DriftKind;
using inventory::HypervisorState;
using support::a_vm;
using support::SnapshotBuilder;
using support::verdict;

TEST(VmHypervisorState, is_what_libvirt_shows) {
    const auto snapshot = SnapshotBuilder()
                              .vm(a_vm(43))
                              .vm(a_vm(44), verdict(DriftKind::none, HypervisorState::paused))
                              .vm(a_vm(45), verdict(DriftKind::stopped_out_of_band, HypervisorState::absent))
                              .build();
    EXPECT_EQ(
        text_of(families::vm_hypervisor_state, snapshot),
        R"(# HELP cloudstack_vm_hypervisor_state What libvirt itself shows of the VM; absent: no host has it, and every host that could have it answered. No series: unknown.
# TYPE cloudstack_vm_hypervisor_state gauge
cloudstack_vm_hypervisor_state{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",state="running"} 1
cloudstack_vm_hypervisor_state{vm="i-2-44-VM",vm_id="7f1c0000-0000-4000-8000-100000000044",state="paused"} 1
cloudstack_vm_hypervisor_state{vm="i-2-45-VM",vm_id="7f1c0000-0000-4000-8000-100000000045",state="absent"} 1
)");
}

TEST(VmHypervisorState, has_no_series_for_what_is_unknown) {
    const auto snapshot =
        SnapshotBuilder().vm(a_vm(43), verdict(DriftKind::unknown, HypervisorState::unknown)).build();
    EXPECT_EQ(text_of(families::vm_hypervisor_state, snapshot), "");
}

TEST(VmHypervisorState, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_hypervisor_state, SnapshotBuilder::nothing()), "");
}

}  // namespace
