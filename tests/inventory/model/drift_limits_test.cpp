#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/model/drift.hpp"
#include "tests/support/builders.hpp"

/// A verdict is kept for every VM, so it stays small however many hosts could hold one.
namespace inventory {
namespace {

using support::host_id;
using support::now;
using support::Scene;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Recorded Running on kvm1 of a cluster with this many hosts, all of which answer that they have no domain.
Scene in_a_cluster_of(std::uint64_t hosts) {
    Scene scene;
    for (auto number = scene.records.hosts.size() + 1; number <= hosts; ++number) {
        scene.records.hosts.push_back(support::a_host(number));
        scene.answers[host_id(number)] = support::a_witness(host_id(number));
    }
    return scene;
}

TEST(DriftLimits, a_sentence_names_five_hosts_and_counts_the_rest) {
    auto scene = in_a_cluster_of(7);
    for (std::uint64_t number = 1; number <= 5; ++number) {
        scene.silence(number);
    }
    EXPECT_THAT(scene.judge().reason, AllOf(HasSubstr("kvm5 (host 5), which could"), Not(HasSubstr("more"))));
    scene.silence(6);
    scene.silence(7);
    EXPECT_THAT(scene.judge().reason,
                AllOf(HasSubstr("kvm5 (host 5) and 2 more, which could"), Not(HasSubstr("kvm6"))));
}

TEST(DriftLimits, thirty_two_hosts_are_awaited_at_a_time) {
    auto scene = in_a_cluster_of(40);
    scene.records.read_at = now;
    scene.pictured_since = now;
    const auto awaited = scene.judge().awaited;
    ASSERT_EQ(awaited.size(), 32U);
    EXPECT_EQ(awaited.back(), host_id(32));
    for (const auto host : awaited) {
        scene.answers[host].asked_at = now;
    }
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown) << "eight were not asked";
    EXPECT_EQ(scene.judge().awaited.size(), 8U);
    EXPECT_EQ(scene.judge().awaited.front(), host_id(33));
}

}  // namespace
}  // namespace inventory
