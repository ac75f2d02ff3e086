#include <gtest/gtest.h>

#include "inventory/mariadb/health_queries.hpp"
#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

/// VM 7, Stopped, of account 2, with one volume and one NIC; account 3 is called bob.
class ReassignmentsInADatabase : public testing::Test {
protected:
    ReassignmentsInADatabase() {
        cloud.run("SET foreign_key_checks = 0");
        cloud.run("SET time_zone = '+00:00'");
        cloud.run(
            "INSERT INTO account (id, account_name, type, domain_id) VALUES (2, 'alice', 0, 1),"
            " (3, 'bob', 0, 1)");
        cloud.run(
            "INSERT INTO vm_instance (id, name, uuid, instance_name, state, guest_os_id,"
            " data_center_id, vnc_password, created, type, vm_type, account_id, domain_id,"
            " service_offering_id, hypervisor_type) VALUES (7, 'web', 'uuid-7', 'i-2-7-VM', 'Stopped',"
            " 1, 1, '', '2025-01-01', 'User', 'User', 2, 1, 1, 'KVM')");
        cloud.run(
            "INSERT INTO volumes (account_id, domain_id, instance_id, name, size, data_center_id,"
            " volume_type, disk_offering_id) VALUES (2, 1, 7, 'ROOT-7', 1, 1, 'ROOT', 1)");
        cloud.run(
            "INSERT INTO nics (instance_id, network_id, state, strategy, default_nic, created) VALUES"
            " (7, 204, 'Allocated', 'Start', 1, '2025-01-01')");
    }

    void move(const std::string& level, const std::string& ago, const std::string& vm = "7") {
        cloud.run(
            "INSERT INTO event (type, description, user_id, account_id, domain_id, resource_id,"
            " resource_type, created, level) VALUES ('VM.MOVE', '', 1, 1, 1, " +
            vm + ", 'VirtualMachine', UTC_TIMESTAMP() - INTERVAL " + ago + ", '" + level + "')");
    }

    void bobs_new_network(const std::string& ago) {
        cloud.run(
            "INSERT INTO networks (id, name, traffic_type, broadcast_domain_type, network_offering_id,"
            " data_center_id, guru_name, state, related, domain_id, account_id, guest_type, created)"
            " VALUES (210, 'bob-network', 'Guest', 'Vlan', 1, 1, 'guru', 'Allocated', 210, 1, 3,"
            " 'Isolated', UTC_TIMESTAMP() - INTERVAL " +
            ago + ")");
    }

    template <class Query>
    auto read(Query query) {
        Connection connection(reader_, Access::read_only);
        auto value = query(connection);
        if (!value) {
            throw std::runtime_error(value.error().message);
        }
        return std::move(*value);
    }

    MoveRemains remains() { return read(read_reassignments).failed.at(0).remains; }

    test_support::CloudDatabase cloud;

private:
    Server reader_ = cloud.reader({"SELECT ON event", "SELECT ON vm_instance", "SELECT ON volumes",
                                   "SELECT ON nics", "SELECT ON networks", "SELECT ON account"});
};

TEST_F(ReassignmentsInADatabase, a_failed_move_is_known_with_its_vm_and_its_time) {
    move("ERROR", "1 HOUR");
    const auto moves = read(read_reassignments);
    ASSERT_EQ(moves.failed.size(), 1U);
    EXPECT_EQ(moves.failed[0].vm, (NamedVm{VmId{7}, "i-2-7-VM", "uuid-7"}));
    EXPECT_EQ(moves.failed[0].remains, MoveRemains{});
    const auto age = system_now() - moves.failed[0].failed_at;
    EXPECT_GT(age, std::chrono::minutes{59});
    EXPECT_LT(age, std::chrono::minutes{61});
}

TEST_F(ReassignmentsInADatabase, a_later_success_or_a_week_ends_it) {
    move("ERROR", "8 DAY");
    EXPECT_TRUE(read(read_reassignments).failed.empty());
    move("ERROR", "2 HOUR");
    EXPECT_EQ(read(read_reassignments).failed.size(), 1U);
    move("INFO", "1 HOUR");
    EXPECT_TRUE(read(read_reassignments).failed.empty());
}

TEST_F(ReassignmentsInADatabase, a_vm_that_is_gone_or_never_was_is_left_out) {
    move("ERROR", "1 HOUR", "8");
    EXPECT_EQ(read(read_reassignments), Reassignments{});
    move("ERROR", "1 HOUR");
    cloud.run("UPDATE vm_instance SET removed = UTC_TIMESTAMP()");
    EXPECT_EQ(read(read_reassignments), Reassignments{});
}

TEST_F(ReassignmentsInADatabase, what_the_move_left_behind_is_found) {
    move("ERROR", "1 HOUR");
    EXPECT_EQ(remains(), MoveRemains{});
    cloud.run("UPDATE volumes SET account_id = 3");
    EXPECT_TRUE(remains().owner_differs);
    cloud.run("UPDATE volumes SET account_id = 2");
    cloud.run("UPDATE nics SET removed = UTC_TIMESTAMP()");
    EXPECT_TRUE(remains().no_nic);
    EXPECT_FALSE(remains().owner_differs);
    bobs_new_network("61 MINUTE");
    EXPECT_TRUE(remains().network_left);
}

TEST_F(ReassignmentsInADatabase, a_running_vm_without_a_nic_is_none_of_our_business) {
    move("ERROR", "1 HOUR");
    cloud.run("UPDATE nics SET removed = UTC_TIMESTAMP()");
    cloud.run("UPDATE vm_instance SET state = 'Running'");
    EXPECT_EQ(remains(), MoveRemains{});
}

TEST_F(ReassignmentsInADatabase, a_network_in_use_or_of_another_time_was_not_left_behind) {
    move("ERROR", "1 HOUR");
    bobs_new_network("3 HOUR");
    EXPECT_FALSE(remains().network_left);
    cloud.run("UPDATE networks SET created = UTC_TIMESTAMP() - INTERVAL 61 MINUTE");
    EXPECT_TRUE(remains().network_left);
    cloud.run(
        "INSERT INTO nics (instance_id, network_id, state, strategy, default_nic, created) VALUES"
        " (9, 210, 'Allocated', 'Start', 1, '2025-01-01')");
    EXPECT_FALSE(remains().network_left);
}

TEST_F(ReassignmentsInADatabase, an_event_that_names_no_vm_is_counted) {
    move("ERROR", "1 HOUR", "NULL");
    move("INFO", "1 HOUR", "NULL");
    const auto moves = read(read_reassignments);
    EXPECT_TRUE(moves.failed.empty());
    EXPECT_EQ(moves.failed_unnamed, 1U);
}

TEST_F(ReassignmentsInADatabase, a_schema_whose_events_name_nothing_still_gives_the_count) {
    move("ERROR", "1 HOUR");
    cloud.run("ALTER TABLE event DROP COLUMN resource_id, DROP COLUMN resource_type");
    const auto moves = read(read_reassignments);
    EXPECT_TRUE(moves.failed.empty());
    EXPECT_EQ(moves.failed_unnamed, 1U);
}

TEST_F(ReassignmentsInADatabase, split_owners_are_found_in_vms_that_no_event_names) {
    EXPECT_TRUE(read(read_vms_with_split_owners).empty());
    cloud.run("UPDATE volumes SET domain_id = 5");
    const auto vms = read(read_vms_with_split_owners);
    ASSERT_EQ(vms.size(), 1U);
    EXPECT_EQ(vms[0], (NamedVm{VmId{7}, "i-2-7-VM", "uuid-7"}));
    cloud.run("UPDATE volumes SET removed = UTC_TIMESTAMP()");
    EXPECT_TRUE(read(read_vms_with_split_owners).empty());
}

}  // namespace
}  // namespace inventory::mariadb
