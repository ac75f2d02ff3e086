#include <gtest/gtest.h>

#include "inventory/mariadb/queries.hpp"
#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

class PastInADatabase : public testing::Test {
protected:
    PastInADatabase() {
        cloud.run("SET foreign_key_checks = 0");
        cloud.run("SET time_zone = '+00:00'");
    }

    void job(const std::string& uuid, const std::string& command, const std::string& type, int vm = 7) {
        cloud.run(
            "INSERT INTO async_job (user_id, account_id, instance_type, instance_id, job_cmd, related, uuid,"
            " created) VALUES (5, 2, " +
            type + ", " + std::to_string(vm) + ", '" + command + "', '', '" + uuid +
            "', '2026-01-02 03:04:05')");
    }

    void ha_work(const std::string& step, const std::string& created, const std::string& taken) {
        cloud.run(
            "INSERT INTO op_ha_work (instance_id, type, vm_type, state, host_id, created, tried, taken, step,"
            " time_to_try, updated) VALUES (7, 'HA', 'User', 'Running', 1, '" +
            created + "', 1, " + taken + ", '" + step + "', 0, 4)");
    }

    VmPast past() {
        Connection connection(reader_, Access::read_only);
        auto past = read_vm_past(connection, VmId{7});
        if (!past) {
            throw std::runtime_error(past.error().message);
        }
        return std::move(*past);
    }

    test_support::CloudDatabase cloud;

private:
    Server reader_ = cloud.reader({"SELECT ON async_job", "SELECT ON op_ha_work"});
};

const Time then = std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + std::chrono::hours{3} +
                  std::chrono::minutes{4} + std::chrono::seconds{5};

TEST_F(PastInADatabase, has_what_the_api_was_asked_for_in_its_order_and_nothing_of_what_became_of_it) {
    job("j1", "org.apache.cloudstack.api.command.user.vm.StopVMCmd", "'VirtualMachine'");
    job("j2", "org.apache.cloudstack.api.command.admin.vm.StartVMCmdByAdmin", "'VirtualMachine'");
    job("j3", "com.cloud.vm.VmWorkStop", "NULL");
    job("j4", "com.cloud.vm.VmWorkStop", "'VirtualMachine'");
    job("j5", "org.apache.cloudstack.api.command.user.vm.StopVMCmd", "'VirtualMachine'", 8);
    job("j6", "org.apache.cloudstack.api.command.user.volume.AttachVolumeCmd", "'Volume'");
    EXPECT_EQ(past().requests,
              (std::vector<VmRequest>{{"j1", "StopVMCmd", 5, then}, {"j2", "StartVMCmdByAdmin", 5, then}}));
}

TEST_F(PastInADatabase, is_empty_for_a_vm_of_which_nothing_was_asked) {
    EXPECT_EQ(past(), VmPast{});
}

TEST_F(PastInADatabase, tells_when_the_newest_ha_work_that_is_done_was_taken_up) {
    ha_work("Done", "2026-01-02 03:00:00", "'2026-01-02 03:04:05'");
    ha_work("Done", "2026-01-02 03:01:00", "NULL");
    ha_work("Investigating", "2026-01-02 04:00:00", "NULL");
    ha_work("Cancelled", "2026-01-02 04:00:00", "NULL");
    EXPECT_EQ(past().ha_work_done, then);
}

}  // namespace
}  // namespace inventory::mariadb
