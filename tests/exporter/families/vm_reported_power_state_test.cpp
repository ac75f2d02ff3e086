#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_vm;
using support::SnapshotBuilder;

TEST(VmReportedPowerState, is_one_series_for_the_last_report) {
    auto missing = a_vm(44);
    missing.power_state = inventory::PowerState::report_missing;
    const auto snapshot = SnapshotBuilder().vm(a_vm(43)).vm(missing).build();
    EXPECT_EQ(
        text_of(families::vm_reported_power_state, snapshot),
        R"(# HELP cloudstack_vm_reported_power_state What the host's agent last reported of the VM, or that its report lacked it (vm_instance.power_state).
# TYPE cloudstack_vm_reported_power_state gauge
cloudstack_vm_reported_power_state{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",power_state="PowerOn"} 1
cloudstack_vm_reported_power_state{vm="i-2-44-VM",vm_id="7f1c0000-0000-4000-8000-100000000044",power_state="PowerReportMissing"} 1
)");
}

TEST(VmReportedPowerState, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_reported_power_state, SnapshotBuilder::nothing()), "");
}

}  // namespace
