#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_vm;
using support::SnapshotBuilder;
using support::verdict;

TEST(VmReportStatus, is_how_the_report_is_to_be_read) {
    auto missing = verdict(inventory::DriftKind::stopped_out_of_band, inventory::HypervisorState::absent);
    missing.report = inventory::ReportStatus::missing_unhandled;
    const auto snapshot = SnapshotBuilder().vm(a_vm(43), missing).build();
    EXPECT_EQ(
        text_of(families::vm_report_status, snapshot),
        R"(# HELP cloudstack_vm_report_status How the VM's power report is to be read. No series: no report is due.
# TYPE cloudstack_vm_report_status gauge
cloudstack_vm_report_status{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",status="missing_unhandled"} 1
)");
}

TEST(VmReportStatus, has_no_series_where_no_report_is_due) {
    const auto snapshot = SnapshotBuilder().vm(a_vm(43)).build();
    EXPECT_EQ(text_of(families::vm_report_status, snapshot), "");
}

TEST(VmReportStatus, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_report_status, SnapshotBuilder::nothing()), "");
}

}  // namespace
