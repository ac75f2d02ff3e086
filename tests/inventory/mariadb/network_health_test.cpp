#include <gtest/gtest.h>

#include "inventory/mariadb/health_queries.hpp"
#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

/// Networks 204 and 205 of zone 1, each with a counter at 100 and no NIC; and 206, which was removed.
class NetworkHealth : public testing::Test {
protected:
    NetworkHealth() {
        cloud.run("SET foreign_key_checks = 0");
        cloud.run("INSERT INTO sequence (name, value) VALUES ('vm_instance_seq', 1), ('networks_seq', 207)");
        network(204, "NULL");
        network(205, "NULL");
        network(206, "'2026-01-01'");
    }

    void network(int id, const std::string& removed) {
        const auto number = std::to_string(id);
        cloud.run(
            "INSERT INTO networks (id, name, uuid, traffic_type, broadcast_domain_type,"
            " network_offering_id, data_center_id, guru_name, state, related, domain_id, account_id,"
            " created, removed) VALUES (" +
            number + ", 'tier', 'uuid-" + number + "', 'Guest', 'Vlan', 1, 1, 'guru', 'Implemented', " +
            number + ", 1, 2, '2025-01-01', " + removed + ")");
        cloud.run("INSERT INTO op_networks (id, mac_address_seq) VALUES (" + number + ", 100)");
    }

    void nic(int network, const std::string& address, const std::string& state = "Allocated",
             const std::string& removed = "NULL") {
        cloud.run(
            "INSERT INTO nics (mac_address, network_id, state, strategy, default_nic, vm_type, created,"
            " removed) VALUES ('" +
            address + "', " + std::to_string(network) + ", '" + state +
            "', 'Start', 1, 'User', '2025-01-01', " + removed + ")");
    }

    /// What the query gives; throws with its error.
    template <class Query>
    auto read(Query query) {
        Connection connection(reader_, Access::read_only);
        auto value = query(connection);
        if (!value) {
            throw std::runtime_error(value.error().message);
        }
        return std::move(*value);
    }

    test_support::CloudDatabase cloud;

private:
    Server reader_ = cloud.reader({"SELECT ON networks", "SELECT ON op_networks", "SELECT ON nics",
                                   "SELECT ON sequence", "SELECT ON vm_instance"});
};

TEST_F(NetworkHealth, each_network_that_is_not_removed_has_its_counter) {
    cloud.run("UPDATE op_networks SET mac_address_seq = 65540 WHERE id = 205");
    const auto sequences = read(read_mac_sequences);
    ASSERT_EQ(sequences.size(), 2U);
    EXPECT_EQ(sequences[0], (MacSequence{{NetworkId{204}, "uuid-204", "tier"}, 100}));
    EXPECT_EQ(sequences[1], (MacSequence{{NetworkId{205}, "uuid-205", "tier"}, 65540}));
}

TEST_F(NetworkHealth, a_missing_row_is_told_from_a_counter) {
    cloud.run("DELETE FROM op_networks WHERE id = 204");
    EXPECT_EQ(read(read_mac_sequences).at(0).next, std::nullopt);
}

TEST_F(NetworkHealth, networks_without_a_uuid_are_told_apart) {
    cloud.run("UPDATE networks SET uuid = NULL");
    const auto sequences = read(read_mac_sequences);
    EXPECT_EQ(sequences.at(0).network.uuid, "204");
    EXPECT_EQ(sequences.at(1).network.uuid, "205");
}

TEST_F(NetworkHealth, a_generator_is_compared_with_the_highest_id) {
    auto sequences = read(read_id_sequences);
    ASSERT_EQ(sequences.size(), 2U);
    EXPECT_EQ(sequences[0], (IdSequence{"vm_instance_seq", 1, 0}));
    EXPECT_EQ(sequences[1], (IdSequence{"networks_seq", 207, 206}));
    EXPECT_EQ(sequences[1].behind(), 0U);

    cloud.run("UPDATE sequence SET value = 204 WHERE name = 'networks_seq'");
    cloud.run("DELETE FROM sequence WHERE name = 'vm_instance_seq'");
    sequences = read(read_id_sequences);
    EXPECT_EQ(sequences[0].behind(), std::nullopt);
    EXPECT_EQ(sequences[1].behind(), 3U);
}

TEST_F(NetworkHealth, the_audit_finds_nothing_in_a_healthy_cloud) {
    nic(204, "02:01:00:cc:00:62", "Reserved");
    nic(204, "02:01:00:cc:00:63");
    nic(205, "02:01:00:cd:00:63");
    nic(204, "02:01:00:cc:00:63", "Deallocating", "'2026-01-01'");
    cloud.run("UPDATE op_networks SET nics_count = 1 WHERE id = 204");
    EXPECT_EQ(read(read_mac_audit), MacAudit{});
}

TEST_F(NetworkHealth, the_audit_finds_duplicates_a_counter_behind_and_a_wrong_count) {
    nic(204, "02:01:00:cc:00:65", "Reserved");
    nic(204, "02:01:00:CC:00:65");
    nic(204, "52:54:00:00:00:01");
    nic(205, "52:54:00:00:00:01");
    cloud.run("UPDATE op_networks SET nics_count = 3 WHERE id = 205");
    const auto audit = read(read_mac_audit);
    EXPECT_EQ(audit.duplicated_in_network, 1U);
    EXPECT_EQ(audit.duplicated_in_zone, 2U);
    ASSERT_EQ(audit.behind.size(), 1U);
    EXPECT_EQ(audit.behind[0], (NetworkShift{{NetworkId{204}, "uuid-204", "tier"}, 2}));
    ASSERT_EQ(audit.nics_count.size(), 2U);
    EXPECT_EQ(audit.nics_count[0].by, -1);
    EXPECT_EQ(audit.nics_count[1], (NetworkShift{{NetworkId{205}, "uuid-205", "tier"}, 3}));
}

TEST_F(NetworkHealth, a_row_that_somebody_has_locked_holds_up_no_reading) {
    Connection holder(cloud.administrator(), Access::read_write);
    ASSERT_TRUE(holder.begin());
    ASSERT_TRUE(holder.execute("UPDATE op_networks SET mac_address_seq = 101, nics_count = 7"));
    EXPECT_EQ(read(read_mac_sequences).at(0).next, 100U) << "what is not committed is not so";
    EXPECT_EQ(read(read_mac_audit), MacAudit{});
    holder.rollback();
}

TEST_F(NetworkHealth, a_table_that_may_not_be_read_is_an_error_and_not_an_empty_finding) {
    Connection connection(cloud.reader({"SELECT ON networks"}), Access::read_only);
    EXPECT_FALSE(read_mac_sequences(connection));
    EXPECT_FALSE(read_id_sequences(connection));
    EXPECT_FALSE(read_mac_audit(connection));
}

}  // namespace
}  // namespace inventory::mariadb
