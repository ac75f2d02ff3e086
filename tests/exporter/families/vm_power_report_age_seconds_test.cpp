#include <chrono>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_vm;
using support::now;
using support::SnapshotBuilder;

TEST(VmPowerReportAgeSeconds, is_the_age_at_the_reading) {
    auto vm = a_vm(43);
    vm.report_time = now - std::chrono::milliseconds{12'500};
    const auto snapshot = SnapshotBuilder().vm(vm).build();
    EXPECT_EQ(
        text_of(families::vm_power_report_age_seconds, snapshot),
        R"(# HELP cloudstack_vm_power_report_age_seconds Age of the VM's power report when the database was read. It says nothing for a healthy VM, whose report CloudStack stops refreshing: alert on cloudstack_vm_report_status.
# TYPE cloudstack_vm_power_report_age_seconds gauge
cloudstack_vm_power_report_age_seconds{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043"} 12.5
)");
}

TEST(VmPowerReportAgeSeconds, shows_a_report_from_the_future_as_it_is) {
    auto vm = a_vm(43);
    vm.report_time = now + std::chrono::hours{1};
    const auto snapshot = SnapshotBuilder().vm(vm).build();
    EXPECT_EQ(
        samples_of(families::vm_power_report_age_seconds, snapshot),
        R"(cloudstack_vm_power_report_age_seconds{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043"} -3600
)");
}

TEST(VmPowerReportAgeSeconds, has_no_series_for_a_vm_that_was_never_reported) {
    auto vm = a_vm(43);
    vm.report_time.reset();
    const auto snapshot = SnapshotBuilder().vm(vm).build();
    EXPECT_EQ(text_of(families::vm_power_report_age_seconds, snapshot), "");
}

TEST(VmPowerReportAgeSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_power_report_age_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
