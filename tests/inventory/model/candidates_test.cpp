#include "inventory/model/candidates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using support::host_id;
using ::testing::ElementsAre;

/// Hosts 1 and 2 in cluster 1, host 3 in cluster 2, host 4 (Down) in cluster 2, host 5 in zone 2.
CloudRecords two_zones() {
    auto records = support::a_cloud();
    records.hosts = {support::a_host(4, 2), support::a_host(1, 1), support::a_host(2, 1),
                     support::a_host(3, 2), support::a_host(5, 3)};
    records.hosts.front().status = "Down";
    records.hosts.back().zone = ZoneId{2};
    return records;
}

std::vector<HostId> candidates(const VmRecord& vm, CandidateScope scope = CandidateScope::cluster) {
    const auto records = two_zones();
    return candidate_hosts(vm, RecordIndex{records}, scope);
}

TEST(Candidates, are_the_hosts_of_the_cluster) {
    EXPECT_THAT(candidates(support::a_vm()), ElementsAre(host_id(1), host_id(2)));
}

TEST(Candidates, are_the_hosts_of_every_cluster_that_the_row_names_whatever_their_status) {
    auto vm = support::a_vm();
    vm.power_host = host_id(3);
    EXPECT_THAT(candidates(vm), ElementsAre(host_id(1), host_id(2), host_id(3), host_id(4)));
}

TEST(Candidates, are_the_hosts_of_the_zone_when_storage_spans_it) {
    EXPECT_THAT(candidates(support::a_vm(), CandidateScope::zone),
                ElementsAre(host_id(1), host_id(2), host_id(3), host_id(4)));
}

TEST(Candidates, are_the_hosts_of_the_zone_when_no_named_host_tells_a_cluster) {
    auto vm = support::a_stopped_vm();
    vm.last_host.reset();
    vm.power_host.reset();
    EXPECT_THAT(candidates(vm), ElementsAre(host_id(1), host_id(2), host_id(3), host_id(4)));
    vm.last_host = host_id(99);
    EXPECT_THAT(candidates(vm), ElementsAre(host_id(1), host_id(2), host_id(3), host_id(4), host_id(99)));
}

TEST(Candidates, a_named_host_without_a_live_row_is_one) {
    auto vm = support::a_vm();
    vm.last_host = host_id(99);
    EXPECT_THAT(candidates(vm), ElementsAre(host_id(1), host_id(2), host_id(99)));
}

TEST(Candidates, a_named_host_of_another_zone_is_one_in_the_scope_of_the_zone) {
    auto vm = support::a_vm();
    vm.power_host = host_id(5);
    EXPECT_THAT(candidates(vm, CandidateScope::zone),
                ElementsAre(host_id(1), host_id(2), host_id(3), host_id(4), host_id(5)));
}

}  // namespace
}  // namespace inventory
