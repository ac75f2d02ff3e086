#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/evidence/world_from_json.hpp"
#include "tests/support/move_worlds.hpp"

namespace controller::evidence {
namespace {

using support::Case;
using support::Dice;

/// What evidence does not tell, because no guard asks for it.
World as_told(World world, const std::string& vm_uuid) {
    const auto vm = world.rows.empty() ? inventory::VmId{} : world.rows.front().id;
    if (world.host) {
        world.host->private_ip.clear();
        world.host->zone = {};
        world.host->power.reset();
    }
    for (std::size_t i = 0; world.jobs && i < world.jobs->size(); ++i) {
        world.jobs->at(i).vm = vm;
    }
    for (std::size_t i = 0; world.ha_work && i < world.ha_work->size(); ++i) {
        world.ha_work->at(i).vm = vm;
    }
    for (auto& attempt : world.attempts) {
        attempt.vm_uuid = vm_uuid;
    }
    if (world.operators && !world.operators->silences.configured) {
        world.operators->silences = {};
    }
    for (std::size_t i = 0; world.operators && i < world.operators->silences.covering.size(); ++i) {
        world.operators->silences.covering.at(i).matchers.clear();
    }
    return world;
}

void expect_round_trip(const Case& c, std::uint64_t seed) {
    const auto decision = decision::decide(c.action, c.world, c.policy);
    const auto written = to_json(c.world, decision);
    const auto read = world_from_json(written, c.action.vm_uuid);
    ASSERT_TRUE(read) << "WARDEN_PROPERTY_SEED=" << seed << ": " << read.error().message;
    const auto again = decision::decide(c.action, read->world, c.policy);
    ASSERT_TRUE(read->lacking.empty()) << "WARDEN_PROPERTY_SEED=" << seed << ": " << read->lacking.front();
    ASSERT_EQ(again, decision) << "WARDEN_PROPERTY_SEED=" << seed << '\n' << written;
    ASSERT_EQ(to_json(read->world, again), written) << "WARDEN_PROPERTY_SEED=" << seed;
    ASSERT_EQ(read->world, as_told(c.world, c.action.vm_uuid)) << "WARDEN_PROPERTY_SEED=" << seed << '\n'
                                                               << written;
}

void expect_round_trips(Case (*random)(Dice&)) {
    const auto runs = support::property_runs(4'000);
    const auto first = support::first_seed();
    for (auto seed = first; seed < first + runs && !testing::Test::HasFailure(); ++seed) {
        Dice dice{seed};
        expect_round_trip(random(dice), seed);
    }
}

TEST(WorldFromJson, gives_back_any_world_and_with_it_the_decision) {
    expect_round_trips([](Dice& dice) { return support::random_case(dice); });
}

TEST(WorldFromJson, gives_back_any_world_of_a_move) {
    expect_round_trips([](Dice& dice) { return support::random_move_case(dice); });
}

}  // namespace
}  // namespace controller::evidence
