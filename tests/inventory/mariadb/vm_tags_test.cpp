#include <gmock/gmock.h>

#include "inventory/mariadb/record_source.hpp"
#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

using test_support::CloudDatabase;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

const Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14}};

class VmTags : public testing::Test {
protected:
    VmTags() {
        cloud_.run("SET foreign_key_checks = 0");
        add_vm(41);
        add_vm(42);
    }

    void add_vm(int id) {
        const auto number = std::to_string(id);
        cloud_.run(
            "INSERT INTO vm_instance (id, name, uuid, instance_name, state, guest_os_id, data_center_id,"
            " vnc_password, created, type, vm_type, account_id, domain_id, service_offering_id,"
            " hypervisor_type) VALUES (" +
            number + ", 'vm', 'uuid-" + number + "', 'i-2-" + number +
            "-VM', 'Running', 1, 1, '', UTC_TIMESTAMP(), 'User', 'User', 2, 1, 1, 'KVM')");
    }

    void tag(int resource, const std::string& key, const std::string& value,
             const std::string& type = "UserVm") {
        cloud_.run(
            "INSERT INTO resource_tags (uuid, `key`, value, resource_id, resource_type, domain_id,"
            " account_id) VALUES (UUID(), '" +
            key + "', '" + value + "', " + std::to_string(resource) + ", '" + type + "', 1, 2)");
    }

    static CloudRecords records_of(Result<observer::Reading> reading) {
        if (!reading) {
            throw std::runtime_error(reading.error().message);
        }
        return std::move(reading->records);
    }

    CloudDatabase cloud_;
};

TEST_F(VmTags, are_those_of_user_vms_with_the_key_that_is_asked_for) {
    tag(41, "Warden", "Off");
    tag(41, "team", "storage");
    tag(42, "team", "network");
    tag(42, "warden", "off", "Volume");
    RecordSource source(cloud_.reader(), {}, "warden");
    EXPECT_THAT(*records_of(source.read(now)).vm_tags, UnorderedElementsAre(Pair(VmId{41}, "Off")));
}

TEST_F(VmTags, of_one_vm_are_read_with_it) {
    tag(41, "warden", "off");
    tag(42, "warden", "later");
    RecordSource source(cloud_.reader(), {}, "warden");
    EXPECT_THAT(*records_of(source.read_vm("uuid-42", now)).vm_tags,
                UnorderedElementsAre(Pair(VmId{42}, "later")));
    EXPECT_THAT(*records_of(source.read_vm("uuid-43", now)).vm_tags, IsEmpty());
}

TEST_F(VmTags, are_not_read_when_none_is_asked_for) {
    RecordSource source(cloud_.reader());
    EXPECT_FALSE(records_of(source.read(now)).vm_tags);
}

TEST_F(VmTags, are_unknown_without_the_right_to_read_them) {
    tag(41, "warden", "off");
    RecordSource source(cloud_.reader({"SELECT ON vm_instance", "SELECT ON account", "SELECT ON domain",
                                       "SELECT ON host", "SELECT ON data_center", "SELECT ON cluster"}),
                        {}, "warden");
    const auto reading = source.read(now);
    ASSERT_TRUE(reading);
    EXPECT_FALSE(reading->records.vm_tags);
    EXPECT_EQ(reading->collectors.back().collector, "vm_tags");
    EXPECT_THAT(reading->collectors.back().error, HasSubstr("config/grants.sql"));
}

}  // namespace
}  // namespace inventory::mariadb
