#include "controller/loop/storm_watch.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using inventory::HostId;
using inventory::Time;
using support::now;

/// A watch that looks every five seconds.
class StormWatchTest : public testing::Test {
protected:
    /// So many of the ten VMs of host 1 and its cluster are dead at `at`.
    void look(Time at, std::uint64_t dead) {
        FleetCensus census;
        census.counted_at = at - 1s;
        const GroupCount group{.vms = 10, .unknown = 0, .drifted = dead};
        census.hosts[HostId{1}] = group;
        census.hosts[HostId{2}] = {.vms = 10, .unknown = 0, .drifted = 0};
        census.clusters[inventory::ClusterId{1}] = group;
        census.zones[inventory::ZoneId{1}] = group;
        watch.note(census, policy, at);
    }

    StormPolicy policy;
    StormWatch watch{30s, 40s};
};

TEST_F(StormWatchTest, has_seen_nothing_before_it_looked) {
    EXPECT_FALSE(watch.watched_since());
    EXPECT_FALSE(watch.hosts().seen_at(HostId{1}));
}

TEST_F(StormWatchTest, watches_since_its_first_look) {
    look(now, 0);
    look(now + 5s, 0);
    EXPECT_EQ(watch.watched_since(), now);
}

TEST_F(StormWatchTest, takes_an_old_census_for_no_look) {
    FleetCensus old;
    old.counted_at = now - 31s;
    old.hosts[HostId{1}] = {.vms = 1, .unknown = 0, .drifted = 1};
    watch.note(old, policy, now);
    EXPECT_FALSE(watch.watched_since());
    old.counted_at = now + 1s;
    watch.note(old, policy, now);
    EXPECT_FALSE(watch.watched_since()) << "nor one from the future";
}

TEST_F(StormWatchTest, begins_anew_after_a_pause_in_which_anything_may_have_happened) {
    look(now, 0);
    look(now + 40s, 0);
    EXPECT_EQ(watch.watched_since(), now);
    look(now + 81s, 0);
    EXPECT_EQ(watch.watched_since(), now + 81s);
}

TEST_F(StormWatchTest, begins_anew_when_the_clock_went_back) {
    look(now, 0);
    look(now - 1h, 0);
    EXPECT_EQ(watch.watched_since(), now - 1h);
}

TEST_F(StormWatchTest, sees_a_storm_as_long_as_it_lasts_and_knows_its_end_afterwards) {
    look(now, 4);
    EXPECT_FALSE(watch.hosts().seen_at(HostId{1})) << "four of ten are none";
    look(now + 5s, 5);
    EXPECT_EQ(watch.hosts().seen_at(HostId{1}), now + 5s);
    look(now + 10s, 6);
    EXPECT_EQ(watch.hosts().seen_at(HostId{1}), now + 10s);
    look(now + 15s, 1);
    EXPECT_EQ(watch.hosts().seen_at(HostId{1}), now + 15s)
        << "it ended since the last look: now at the latest";
    look(now + 20s, 1);
    EXPECT_EQ(watch.hosts().seen_at(HostId{1}), now + 15s);
}

TEST_F(StormWatchTest, takes_a_storm_that_raged_before_it_was_blind_to_have_raged_on) {
    look(now, 5);
    look(now + 1h, 0);
    EXPECT_EQ(watch.hosts().seen_at(HostId{1}), now + 1h);
}

TEST_F(StormWatchTest, knows_the_storms_of_hosts_clusters_and_zones_apart) {
    look(now, 5);
    EXPECT_TRUE(watch.hosts().seen_at(HostId{1}));
    EXPECT_TRUE(watch.clusters().seen_at(inventory::ClusterId{1}));
    EXPECT_FALSE(watch.zones().seen_at(inventory::ZoneId{1})) << "ten are needed for one";
    EXPECT_FALSE(watch.hosts().seen_at(HostId{2}));
}

TEST_F(StormWatchTest, remembers_the_storm_of_a_host_that_is_gone) {
    look(now, 5);
    watch.note({.counted_at = now + 5s, .hosts = {}, .clusters = {}, .zones = {}}, policy, now + 5s);
    EXPECT_EQ(watch.hosts().seen_at(HostId{1}), now + 5s);
}

}  // namespace
}  // namespace controller::loop
