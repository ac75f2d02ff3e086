#include <gtest/gtest.h>

#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {
namespace {

using Columns = std::vector<std::optional<std::string>>;

Columns running_vm() {
    return {"41",
            "uuid-41",
            "i-2-41-VM",
            "User",
            "admin",
            "/",
            "Running",
            "PowerOn",
            "3",
            "2026-01-02 03:04:05",
            "2026-01-02 03:00:00",
            "2026-01-01 00:00:00",
            "5",
            "1",
            "2",
            "1",
            "1",
            "1"};
}

TEST(VmRecords, a_row_becomes_a_record_column_by_column) {
    const auto vm = vm_record_of(Row{running_vm()});
    EXPECT_EQ(vm.id, VmId{41});
    EXPECT_EQ(vm.uuid, "uuid-41");
    EXPECT_EQ(vm.instance_name, "i-2-41-VM");
    EXPECT_EQ(vm.account, "admin");
    EXPECT_EQ(vm.state, VmState::running);
    EXPECT_EQ(vm.power_state, PowerState::on);
    EXPECT_EQ(vm.report_count, 3U);
    EXPECT_EQ(vm.update_count, 5U);
    EXPECT_EQ(vm.host, HostId{1});
    EXPECT_EQ(vm.last_host, HostId{2});
    EXPECT_EQ(vm.power_host, HostId{1});
    EXPECT_EQ(vm.zone, ZoneId{1});
    EXPECT_TRUE(vm.ha_enabled);
    ASSERT_TRUE(vm.report_time && vm.update_time);
    EXPECT_EQ(to_rfc3339(*vm.report_time), "2026-01-02T03:04:05.000Z");
    EXPECT_EQ(to_rfc3339(*vm.update_time), "2026-01-02T03:00:00.000Z");
}

TEST(VmRecords, what_is_null_stays_unknown) {
    auto columns = running_vm();
    for (const std::size_t nullable : {1U, 4U, 5U, 7U, 8U, 9U, 10U, 13U, 14U, 15U}) {
        columns[nullable].reset();
    }
    const auto vm = vm_record_of(Row{columns});
    EXPECT_EQ(vm.power_state, PowerState::unknown);
    EXPECT_FALSE(vm.report_count || vm.report_time || vm.update_time || vm.host || vm.last_host ||
                 vm.power_host);
    EXPECT_EQ(vm.report_base(), vm.created);
}

TEST(VmRecords, a_state_of_a_later_release_is_unrecognized_not_guessed) {
    auto columns = running_vm();
    columns[6] = "Teleporting";
    columns[7] = "PowerHalf";
    const auto vm = vm_record_of(Row{columns});
    EXPECT_EQ(vm.state, VmState::unrecognized);
    EXPECT_EQ(vm.power_state, PowerState::unrecognized);
}

TEST(Hosts, a_row_becomes_a_record_column_by_column) {
    const auto host = host_record_of(
        Row{{"1", "uuid-1", "host1", "Up", "Enabled", "10.0.0.1", std::nullopt, "1", "90520745551922"}});
    EXPECT_EQ(host.id, HostId{1});
    EXPECT_TRUE(host.is_up());
    EXPECT_EQ(host.private_ip, "10.0.0.1");
    EXPECT_FALSE(host.cluster);
    EXPECT_EQ(host.management_server, 90520745551922U);
}

}  // namespace
}  // namespace inventory::mariadb
