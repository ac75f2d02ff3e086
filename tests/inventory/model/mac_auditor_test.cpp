#include "inventory/model/mac_auditor.hpp"

#include <string>

#include <gtest/gtest.h>

namespace inventory {
namespace {

AuditedNetwork a_network(std::uint64_t id, std::uint64_t next = 100) {
    return {
        {NetworkId{id}, "uuid-" + std::to_string(id), "net" + std::to_string(id)}, ZoneId{1}, true, next, 0};
}

/// As CloudStack makes them in zone 1.
MacAddress generated(std::uint64_t network, std::uint64_t counter) {
    return {0x020100000000 | network << 16 | counter};
}

AuditedNic a_nic(std::uint64_t network, std::uint64_t counter) {
    return {NetworkId{network}, generated(network, counter), false};
}

TEST(MacAuditor, finds_nothing_where_all_is_well) {
    MacAuditor auditor;
    auditor.add(a_network(204));
    auditor.add(a_nic(204, 98));
    auditor.add(a_nic(204, 99));
    EXPECT_EQ(auditor.conclude(), MacAudit{});
}

TEST(MacAuditor, counts_an_address_once_however_often_it_repeats_in_a_network) {
    MacAuditor auditor;
    auditor.add(a_network(204));
    auditor.add(a_nic(204, 7));
    auditor.add(a_nic(204, 7));
    auditor.add(a_nic(204, 7));
    auditor.add(a_nic(204, 8));
    const auto audit = auditor.conclude();
    EXPECT_EQ(audit.duplicated_in_network, 1U);
    EXPECT_EQ(audit.duplicated_in_zone, 1U);
}

TEST(MacAuditor, tells_a_duplicate_between_networks_of_a_zone_from_one_between_zones) {
    MacAuditor auditor;
    auditor.add(a_network(204));
    auditor.add(a_network(205));
    auto elsewhere = a_network(206);
    elsewhere.zone = ZoneId{2};
    auditor.add(elsewhere);
    const MacAddress shared{0x525400000001};
    const MacAddress far{0x525400000002};
    auditor.add({NetworkId{204}, shared, false});
    auditor.add({NetworkId{205}, shared, false});
    auditor.add({NetworkId{204}, far, false});
    auditor.add({NetworkId{206}, far, false});
    const auto audit = auditor.conclude();
    EXPECT_EQ(audit.duplicated_in_network, 0U);
    EXPECT_EQ(audit.duplicated_in_zone, 1U);
}

TEST(MacAuditor, lets_redundant_routers_share_the_address_of_their_public_interface) {
    MacAuditor auditor;
    auto outside = a_network(200);
    outside.is_guest = false;
    auditor.add(outside);
    auditor.add({NetworkId{200}, MacAddress{0x1e0000000005}, false});
    auditor.add({NetworkId{200}, MacAddress{0x1e0000000005}, false});
    EXPECT_EQ(auditor.conclude(), MacAudit{});
}

TEST(MacAuditor, a_counter_is_behind_by_the_addresses_that_it_will_give_out_again) {
    MacAuditor auditor;
    auditor.add(a_network(205, 100));
    auditor.add(a_network(204, 40));
    auditor.add(a_nic(205, 99));
    auditor.add(a_nic(204, 42));
    auditor.add(a_nic(204, 12));
    const auto audit = auditor.conclude();
    ASSERT_EQ(audit.behind.size(), 1U);
    EXPECT_EQ(audit.behind[0].network.uuid, "uuid-204");
    EXPECT_EQ(audit.behind[0].by, 3);
}

TEST(MacAuditor, an_address_that_somebody_chose_puts_no_counter_behind) {
    MacAuditor auditor;
    auditor.add(a_network(204, 5));
    auditor.add({NetworkId{204}, MacAddress{0x52540000ffff}, false});
    auditor.add({NetworkId{204}, generated(205, 0xffff), false});
    EXPECT_TRUE(auditor.conclude().behind.empty());
}

TEST(MacAuditor, compares_nics_count_with_the_reserved_nics_of_user_vms) {
    MacAuditor auditor;
    auto high = a_network(204);
    high.nics_count = 3;
    auto low = a_network(205);
    low.nics_count = 0;
    auto right = a_network(206);
    right.nics_count = 1;
    auditor.add(high);
    auditor.add(low);
    auditor.add(right);
    auditor.add({NetworkId{204}, std::nullopt, true});
    auditor.add({NetworkId{205}, std::nullopt, true});
    auditor.add({NetworkId{206}, std::nullopt, true});
    auditor.add({NetworkId{206}, std::nullopt, false});
    const auto audit = auditor.conclude();
    ASSERT_EQ(audit.nics_count.size(), 2U);
    EXPECT_EQ(audit.nics_count[0].network.uuid, "uuid-204");
    EXPECT_EQ(audit.nics_count[0].by, 2);
    EXPECT_EQ(audit.nics_count[1].network.uuid, "uuid-205");
    EXPECT_EQ(audit.nics_count[1].by, -1);
}

TEST(MacAuditor, says_nothing_of_a_network_without_a_row_of_op_networks_nor_of_one_that_is_gone) {
    MacAuditor auditor;
    auto rowless = a_network(204);
    rowless.next.reset();
    rowless.nics_count.reset();
    auditor.add(rowless);
    auditor.add({NetworkId{204}, generated(204, 7), true});
    auditor.add(a_nic(999, 7));
    auditor.add(a_nic(999, 7));
    EXPECT_EQ(auditor.conclude(), MacAudit{});
}

TEST(IdSequence, is_behind_by_the_ids_that_it_will_give_out_again) {
    EXPECT_EQ((IdSequence{"vm_instance_seq", 201, 200}).behind(), 0U);
    EXPECT_EQ((IdSequence{"vm_instance_seq", 200, 200}).behind(), 1U);
    EXPECT_EQ((IdSequence{"vm_instance_seq", 150, 200}).behind(), 51U);
    EXPECT_EQ((IdSequence{"vm_instance_seq", 200, 0}).behind(), 0U);
    EXPECT_EQ((IdSequence{"vm_instance_seq", std::nullopt, 200}).behind(), std::nullopt);
}

}  // namespace
}  // namespace inventory
