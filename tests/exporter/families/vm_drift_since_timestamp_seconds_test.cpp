#include <chrono>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::DriftKind;
using inventory::HypervisorState;
using support::a_vm;
using support::now;
using support::SnapshotBuilder;
using support::verdict;

TEST(VmDriftSinceTimestampSeconds, is_when_the_drift_was_first_seen) {
    const auto snapshot = SnapshotBuilder()
                              .vm(a_vm(42))
                              .vm(a_vm(43), verdict(DriftKind::wrong_host, HypervisorState::running),
                                  now - std::chrono::milliseconds{1500})
                              .build();
    EXPECT_EQ(
        text_of(families::vm_drift_since_timestamp_seconds, snapshot),
        R"(# HELP cloudstack_vm_drift_since_timestamp_seconds Since when the drift of the VM has been seen without a gap. It starts anew when the kind changes or the exporter restarts.
# TYPE cloudstack_vm_drift_since_timestamp_seconds gauge
cloudstack_vm_drift_since_timestamp_seconds{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043"} 1773478798.5
)");
}

TEST(VmDriftSinceTimestampSeconds, has_no_series_for_what_cannot_be_judged) {
    const auto snapshot =
        SnapshotBuilder().vm(a_vm(43), verdict(DriftKind::unknown, HypervisorState::unknown)).build();
    EXPECT_EQ(text_of(families::vm_drift_since_timestamp_seconds, snapshot), "");
}

TEST(VmDriftSinceTimestampSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_drift_since_timestamp_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
