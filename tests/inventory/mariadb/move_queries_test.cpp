#include "inventory/mariadb/move_queries.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Owner alice{AccountId{5}, AccountDomainId{2}};
constexpr Owner bob{AccountId{6}, AccountDomainId{3}};

/// ROOT (1) with the domains north (2) and south (3); alice in north has VM 41, bob in south has a network.
class MoveQueries : public testing::Test {
protected:
    MoveQueries() {
        cloud.run("SET foreign_key_checks = 0");
        cloud.run("SET time_zone = '+00:00'");
        cloud.run(
            "INSERT INTO domain (id, parent, name, uuid, owner, path, level) VALUES"
            " (1, NULL, 'ROOT', 'd-1', 2, '/', 0), (2, 1, 'north', 'd-2', 2, '/north/', 1),"
            " (3, 1, 'south', 'd-3', 2, '/south/', 1)");
        cloud.run(
            "INSERT INTO account (id, account_name, uuid, type, domain_id) VALUES (2, 'admin', 'a-2', 1, 1),"
            " (5, 'alice', 'a-5', 0, 2), (6, 'bob', 'a-6', 0, 3)");
        cloud.run("INSERT INTO data_center (id, name, networktype) VALUES (1, 'zone', 'Advanced')");
        cloud.run("INSERT INTO sequence (name, value) VALUES ('networks_seq', 230)");
        cloud.run(
            "INSERT INTO service_offering (id, name, cpu, speed, ram_size) VALUES (1, 'tiny', 2, 500, 64)");
        cloud.run(
            "INSERT INTO vm_instance (id, name, uuid, instance_name, state, guest_os_id, data_center_id,"
            " vnc_password, created, type, vm_type, account_id, domain_id, service_offering_id,"
            " hypervisor_type, vm_template_id) VALUES (41, 'web', 'vm-41', 'i-5-41-VM', 'Stopped', 1, 1, '',"
            " '2025-01-01', 'User', 'User', 5, 2, 1, 'KVM', 200)");
        cloud.run(
            "INSERT INTO vm_template (id, unique_name, name, public, featured, hvm, bits, format, created,"
            " account_id, guest_os_id) VALUES (200, 'tiny', 'tiny', 0, 0, 1, 64, 'QCOW2', '2025-01-01', 5, "
            "1)");
        cloud.run(
            "INSERT INTO volumes (id, account_id, domain_id, instance_id, name, size, data_center_id,"
            " volume_type, disk_offering_id) VALUES (9, 5, 2, 41, 'ROOT-41', 1048576, 1, 'ROOT', 1)");
        network("210", "alice-net", "5", "2");
        network("220", "bob-net", "6", "3");
        cloud.run(
            "INSERT INTO nics (instance_id, network_id, state, strategy, default_nic, created) VALUES"
            " (41, 210, 'Allocated', 'Start', 1, '2025-01-01')");
    }

    void network(const std::string& id, const std::string& name, const std::string& account,
                 const std::string& domain, const std::string& type = "'Isolated', 'Account'") {
        cloud.run(
            "INSERT INTO networks (id, name, uuid, traffic_type, broadcast_domain_type, network_offering_id,"
            " data_center_id, guru_name, state, related, domain_id, account_id, guest_type, acl_type, "
            "created)"
            " VALUES (" +
            id + ", '" + name + "', 'n-" + id + "', 'Guest', 'Vlan', 1, 1, 'guru', 'Allocated', " + id +
            ", " + domain + ", " + account + ", " + type + ", '2025-01-01')");
        cloud.run("INSERT INTO op_networks (id, mac_address_seq) VALUES (" + id + ", 7)");
    }

    void moved(const std::string& level) {
        cloud.run(
            "INSERT INTO event (type, description, user_id, account_id, domain_id, resource_id,"
            " resource_type, created, level) VALUES ('VM.MOVE', '', 1, 1, 1, 41, 'VirtualMachine',"
            " UTC_TIMESTAMP(), '" +
            level + "')");
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

    std::optional<VmOwnership> ownership(const std::string& uuid = "vm-41") {
        return read([&](Connection& connection) { return read_vm_ownership(connection, uuid); });
    }

    std::optional<MoveDestination> destination(const std::string& domain = "d-3",
                                               const std::vector<std::string>& networks = {}) {
        return read([&](Connection& connection) {
            return read_move_destination(connection, {"vm-41", "bob", domain, networks});
        });
    }

    MoveObstacles obstacles() {
        Connection connection(reader_, Access::read_only);
        return read_move_obstacles(connection, *ownership(), *destination());
    }

    test_support::CloudDatabase cloud;

private:
    Server reader_ = cloud.reader();
};

TEST_F(MoveQueries, whose_a_vm_is_with_all_that_belongs_to_it) {
    const auto vm = ownership();
    ASSERT_TRUE(vm);
    EXPECT_EQ(vm->vm, VmId{41});
    EXPECT_EQ(vm->state, VmState::stopped);
    EXPECT_EQ(vm->owner, alice);
    EXPECT_THAT(vm->volumes, ElementsAre(OwnedVolume{"ROOT-41", alice}));
    EXPECT_THAT(vm->nics, ElementsAre(OwnedNic{NetworkId{210}, "n-210", "Isolated", AccountId{5}, true}));
    EXPECT_EQ(vm->newest_move, std::nullopt);
}

TEST_F(MoveQueries, the_newest_event_tells_how_the_newest_move_ended) {
    moved("ERROR");
    const auto failed = ownership()->newest_move;
    ASSERT_TRUE(failed);
    EXPECT_TRUE(failed->failed);
    moved("INFO");
    const auto succeeded = ownership()->newest_move;
    ASSERT_TRUE(succeeded);
    EXPECT_FALSE(succeeded->failed);
    EXPECT_GT(succeeded->event, failed->event);
}

TEST_F(MoveQueries, what_is_removed_belongs_to_nobody) {
    cloud.run("UPDATE nics SET removed = UTC_TIMESTAMP()");
    cloud.run("UPDATE volumes SET removed = UTC_TIMESTAMP()");
    EXPECT_THAT(ownership()->nics, IsEmpty());
    EXPECT_THAT(ownership()->volumes, IsEmpty());
    cloud.run("UPDATE vm_instance SET removed = UTC_TIMESTAMP()");
    EXPECT_EQ(ownership(), std::nullopt);
    EXPECT_EQ(ownership("nobody"), std::nullopt);
}

TEST_F(MoveQueries, an_account_is_found_by_its_domains_uuid_or_path) {
    for (const auto* domain : {"d-3", "/south/", "/south", "ROOT/south"}) {
        const auto found = destination(domain);
        ASSERT_TRUE(found) << domain;
        EXPECT_EQ(found->owner, bob);
        EXPECT_EQ(found->domain_uuid, "d-3");
        EXPECT_EQ(found->account_state, "enabled");
        EXPECT_EQ(found->next_network_id, 230U);
    }
    for (const auto* domain : {"d-2", "/", "ROOT", "/nowhere", ""}) {
        EXPECT_EQ(destination(domain), std::nullopt) << domain;
    }
}

TEST_F(MoveQueries, its_networks_with_their_sequences) {
    const DestinationNetwork bobs{NetworkId{220}, "n-220", "bob-net", "Isolated",
                                  bob.account,    7,       true,      false};
    EXPECT_THAT(destination()->networks, ElementsAre(bobs));
    cloud.run("DELETE FROM op_networks WHERE id = 220");
    EXPECT_EQ(destination()->networks.at(0).next_mac, std::nullopt);
}

TEST_F(MoveQueries, a_named_network_of_another_account_is_there_but_not_usable) {
    const auto networks = destination("d-3", {"n-210"})->networks;
    ASSERT_EQ(networks.size(), 2U);
    EXPECT_FALSE(networks[0].is_usable);
    EXPECT_TRUE(networks[1].is_usable);
}

TEST_F(MoveQueries, a_shared_network_is_usable_in_its_domain_and_below_where_it_is_open) {
    network("300", "everybodys", "1", "1", "'Shared', 'Domain'");
    network("301", "norths", "1", "2", "'Shared', 'Domain'");
    cloud.run("INSERT INTO domain_network_ref (domain_id, network_id, subdomain_access) VALUES (1, 300, 1)");
    cloud.run("INSERT INTO domain_network_ref (domain_id, network_id, subdomain_access) VALUES (2, 301, 1)");
    ASSERT_EQ(destination()->networks.size(), 2U);
    EXPECT_EQ(destination()->networks[1].name, "everybodys");
    cloud.run("UPDATE domain_network_ref SET subdomain_access = 0");
    EXPECT_EQ(destination()->networks.size(), 1U);
}

TEST_F(MoveQueries, an_unused_network_with_cloudstacks_own_name_is_a_leftover) {
    network("230", "bob-network", "6", "3");
    EXPECT_TRUE(destination()->networks.at(1).is_unused);
    EXPECT_FALSE(destination()->networks.at(0).is_unused);
    cloud.run(
        "INSERT INTO nics (instance_id, network_id, state, strategy, default_nic, created) VALUES"
        " (99, 230, 'Allocated', 'Start', 1, '2025-01-01')");
    EXPECT_FALSE(destination()->networks.at(1).is_unused);
}

TEST_F(MoveQueries, nothing_is_in_the_way_of_a_plain_vm) {
    cloud.run("UPDATE vm_template SET public = 1");
    for (const auto* owner : {"account", "domain"}) {
        for (const auto* kind : {"user.vms", "cpus", "memory", "volumes", "primary.storage"}) {
            cloud.run("INSERT INTO configuration (instance, name, value) VALUES ('DEFAULT', 'max." +
                      std::string{owner} + "." + kind + "', '-1')");
        }
    }
    const auto found = obstacles();
    EXPECT_EQ(found.port_forwarding_rules, 0U);
    EXPECT_EQ(found.static_nat_rules, 0U);
    EXPECT_EQ(found.load_balancer_rules, 0U);
    EXPECT_THAT(found.one_to_one_nat.value(), IsEmpty());
    EXPECT_THAT(found.snapshots.value(), IsEmpty());
    EXPECT_EQ(found.vm_template, (TemplateAccess{"tiny", true}));
    EXPECT_EQ(found.zone, (ZoneKind{"Advanced", false}));
    EXPECT_EQ(found.old_account_state, "enabled");
    EXPECT_EQ(found.has_required_offering, false);
    ASSERT_TRUE(found.resources);
    EXPECT_EQ(found.resources->size(), 10U) << "five kinds, of the account and of its domain";
    for (const auto& room : *found.resources) {
        EXPECT_TRUE(room.fits()) << room.owner << room.resource;
    }
}

TEST_F(MoveQueries, what_is_in_the_way_is_found) {
    cloud.run(
        "INSERT INTO port_forwarding_rules (id, instance_id, dest_ip_address, dest_port_start, dest_port_end)"
        " VALUES (1, 41, '', 80, 80)");
    cloud.run(
        "INSERT INTO user_ip_address (id, public_ip_address, data_center_id, vlan_db_id, one_to_one_nat,"
        " vm_id, mac_address, source_network_id, physical_network_id) VALUES (1, '192.0.2.7', 1, 1, 1, 41, 1,"
        " 1, 1)");
    cloud.run(
        "INSERT INTO firewall_rules (id, ip_address_id, state, purpose, account_id, domain_id, network_id,"
        " xid) VALUES (1, 1, 'Active', 'StaticNat', 5, 2, 210, '')");
    cloud.run("INSERT INTO load_balancer_vm_map (load_balancer_id, instance_id) VALUES (1, 41)");
    cloud.run(
        "INSERT INTO snapshots (data_center_id, account_id, domain_id, volume_id, disk_offering_id, status,"
        " name, snapshot_type, size) VALUES (1, 5, 2, 9, 1, 'BackedUp', 's', 0, 1)");
    const auto found = obstacles();
    EXPECT_EQ(found.port_forwarding_rules, 1U);
    EXPECT_EQ(found.static_nat_rules, 1U);
    EXPECT_EQ(found.load_balancer_rules, 1U);
    EXPECT_THAT(found.one_to_one_nat.value(), ElementsAre("192.0.2.7"));
    EXPECT_THAT(found.snapshots.value(), ElementsAre("ROOT-41"));
    EXPECT_FALSE(found.vm_template->may_use);
    cloud.run("UPDATE snapshots SET status = 'Destroyed'");
    EXPECT_THAT(obstacles().snapshots.value(), IsEmpty());
    cloud.run("INSERT INTO launch_permission (template_id, account_id) VALUES (200, 6)");
    EXPECT_TRUE(obstacles().vm_template->may_use);
}

TEST_F(MoveQueries, a_limit_of_the_account_comes_before_that_of_all) {
    for (const auto* kind : {"user.vms", "cpus", "memory", "volumes", "primary.storage"}) {
        cloud.run(
            "INSERT INTO configuration (instance, name, default_value) VALUES ('DEFAULT',"
            " 'max.account." +
            std::string{kind} + "', '20'), ('DEFAULT', 'max.domain." + kind + "', '-1')");
    }
    cloud.run("INSERT INTO resource_count (account_id, type, count) VALUES (6, 'cpu', 19)");
    cloud.run("INSERT INTO resource_limit (account_id, type, max) VALUES (6, 'memory', 100)");
    const auto rooms = obstacles().resources.value();
    EXPECT_EQ(rooms.at(2), (ResourceRoom{"account bob", "cpu", 19, 20, 2}));
    EXPECT_FALSE(rooms.at(2).fits());
    EXPECT_EQ(rooms.at(4), (ResourceRoom{"account bob", "memory", 0, 100, 64}));
    EXPECT_EQ(rooms.at(8),
              (ResourceRoom{"account bob", "primary_storage", 0, std::int64_t{20} << 30, 1048576}));
    cloud.run(
        "INSERT INTO configuration (instance, name, value) VALUES ('DEFAULT',"
        " 'resource.count.running.vms.only', 'true')");
    EXPECT_EQ(obstacles().resources->size(), 4U) << "a stopped VM takes volumes only";
}

TEST_F(MoveQueries, limits_that_stand_nowhere_are_unknown) {
    EXPECT_EQ(obstacles().resources, std::nullopt);
}

TEST_F(MoveQueries, a_table_without_the_column_of_tags_is_read_too) {
    cloud.run("ALTER TABLE resource_limit DROP COLUMN tag");
    for (const auto* kind : {"user.vms", "cpus", "memory", "volumes", "primary.storage"}) {
        cloud.run("INSERT INTO configuration (instance, name, value) VALUES ('DEFAULT', 'max.account." +
                  std::string{kind} + "', '1'), ('DEFAULT', 'max.domain." + kind + "', '1')");
    }
    EXPECT_TRUE(obstacles().resources);
}

TEST_F(MoveQueries, a_table_that_is_missing_leaves_its_own_fact_unknown) {
    cloud.run("DROP TABLE snapshots");
    const auto found = obstacles();
    EXPECT_EQ(found.snapshots, std::nullopt);
    EXPECT_EQ(found.port_forwarding_rules, 0U);
}

TEST_F(MoveQueries, the_servers_lock_wait_timeout_is_known) {
    EXPECT_GE(read(read_lock_wait_timeout), std::chrono::seconds{1});
}

}  // namespace
}  // namespace inventory::mariadb
