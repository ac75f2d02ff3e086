#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_vm;
using support::SnapshotBuilder;

TEST(VmPowerReports, is_what_cloudstack_counts) {
    auto missing = a_vm(44);
    missing.report_count = 0;
    const auto snapshot = SnapshotBuilder().vm(a_vm(43)).vm(missing).build();
    EXPECT_EQ(
        text_of(families::vm_power_reports, snapshot),
        R"(# HELP cloudstack_vm_power_reports Equal power reports in a row, as CloudStack counts them: it stops at 3.
# TYPE cloudstack_vm_power_reports gauge
cloudstack_vm_power_reports{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043"} 3
cloudstack_vm_power_reports{vm="i-2-44-VM",vm_id="7f1c0000-0000-4000-8000-100000000044"} 0
)");
}

TEST(VmPowerReports, has_no_series_for_a_count_that_is_null) {
    auto vm = a_vm(43);
    vm.report_count.reset();
    const auto snapshot = SnapshotBuilder().vm(vm).build();
    EXPECT_EQ(text_of(families::vm_power_reports, snapshot), "");
}

TEST(VmPowerReports, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_power_reports, SnapshotBuilder::nothing()), "");
}

}  // namespace
