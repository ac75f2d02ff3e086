#include "controller/loop/fleet_watch.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_fleet.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using support_time = inventory::Time;
using test_support::FakeFleet;

const support_time begin{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + 9h};

/// Eight hosts in four clusters, four VMs on each.
class FleetWatchTest : public testing::Test {
protected:
    void look() {
        watch_.look(std::make_shared<const CloudIndex>(fleet_.latest(), inventory::JudgementLimits{}, now_),
                    StormPolicy{});
    }

    std::optional<FleetFacts> facts_of(std::uint64_t vm, const std::set<std::string>& busy = {}) {
        const auto sight = watch_.latest();
        const auto snapshot = fleet_.read_afresh(FakeFleet::uuid_of(vm)).value();
        return fleet_facts(snapshot.records->vms.front(), sight.get(), busy);
    }

    inventory::Time now_ = begin;
    FakeFleet fleet_{[this] { return now_; }, 8, 4};
    FleetWatch watch_{30s, 5s};
};

TEST_F(FleetWatchTest, knows_nothing_before_it_has_looked) {
    EXPECT_FALSE(facts_of(1));
    watch_.look(std::make_shared<const CloudIndex>(std::make_shared<const inventory::Snapshot>(),
                                                   inventory::JudgementLimits{}, now_),
                StormPolicy{});
    EXPECT_FALSE(facts_of(1)) << "nor when the database was never read";
}

TEST_F(FleetWatchTest, counts_who_died_where) {
    for (const std::uint64_t vm : {1U, 2U, 5U, 32U}) {
        fleet_.destroy(vm);
    }
    look();
    const auto facts = *facts_of(1);
    EXPECT_EQ(facts.counted_at, begin);
    EXPECT_EQ(facts.watched_since, begin);
    EXPECT_EQ(*facts.host, (FleetGroup{.name = "host kvm1", .vms = 4, .drifted = 2, .storm_seen_at = {}}));
    EXPECT_EQ(*facts.cluster,
              (FleetGroup{.name = "cluster cluster1", .vms = 8, .drifted = 3, .storm_seen_at = {}}));
    EXPECT_EQ(*facts.zone, (FleetGroup{.name = "zone zone1", .vms = 32, .drifted = 4, .storm_seen_at = {}}));
}

TEST_F(FleetWatchTest, remembers_a_storm_of_the_hosts) {
    for (const std::uint64_t vm : {1U, 2U, 3U}) {
        fleet_.destroy(vm);
    }
    look();
    EXPECT_EQ(facts_of(4)->host->storm_seen_at, begin);
    EXPECT_FALSE(facts_of(5)->host->storm_seen_at);
    for (const std::uint64_t vm : {1U, 2U, 3U}) {
        fleet_.revive(vm);
    }
    now_ += 5s;
    look();
    EXPECT_EQ(facts_of(4)->host->storm_seen_at, begin + 5s);
}

TEST_F(FleetWatchTest, leaves_a_stopped_vm_out_of_the_count_and_on_its_last_host) {
    (void)fleet_.stop_virtual_machine(FakeFleet::uuid_of(1), true, {});
    look();
    EXPECT_EQ(facts_of(1)->host->name, "host kvm1");
    EXPECT_EQ(facts_of(1)->host->vms, 3U);
}

TEST_F(FleetWatchTest, counts_busy_vms_where_they_stand) {
    look();
    const auto facts = *facts_of(
        1, {FakeFleet::uuid_of(2), FakeFleet::uuid_of(5), FakeFleet::uuid_of(6), FakeFleet::uuid_of(32)});
    EXPECT_EQ(facts.host->under_way, 1U);
    EXPECT_EQ(facts.cluster->under_way, 3U);
    EXPECT_EQ(facts.zone->under_way, 4U);
    EXPECT_EQ(facts.under_way, 4U);
}

TEST_F(FleetWatchTest, counts_a_busy_vm_without_a_row_everywhere) {
    look();
    const auto facts = *facts_of(1, {"expunged"});
    EXPECT_EQ(facts.host->under_way, 1U);
    EXPECT_EQ(facts.cluster->under_way, 1U);
    EXPECT_EQ(facts.zone->under_way, 1U);
    EXPECT_EQ(facts.under_way, 1U);
}

TEST_F(FleetWatchTest, knows_no_cluster_of_a_host_without_a_row) {
    look();
    auto vm = *fleet_.read_afresh(FakeFleet::uuid_of(1)).value().records->vms.begin();
    vm.host = inventory::HostId{99};
    const auto facts = *fleet_facts(vm, watch_.latest().get(), {});
    EXPECT_EQ(facts.host->vms, 0U);
    EXPECT_FALSE(facts.cluster);
    vm.host.reset();
    vm.last_host.reset();
    EXPECT_FALSE(fleet_facts(vm, watch_.latest().get(), {})->host);
}

}  // namespace
}  // namespace controller::loop
