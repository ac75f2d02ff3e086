#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/evidence/world_from_json.hpp"
#include "tests/support/worlds.hpp"

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

TEST(WorldFromJson, gives_back_any_world_and_with_it_the_decision) {
    const auto runs = support::property_runs(4'000);
    const auto first = support::first_seed();
    for (std::uint64_t run = 0; run < runs; ++run) {
        Dice dice{first + run};
        const Case c = support::random_case(dice);
        const auto decision = decision::decide(c.action, c.world, c.policy);
        const auto written = to_json(c.world, decision);
        const auto read = world_from_json(written, c.action.vm_uuid);
        ASSERT_TRUE(read) << "WARDEN_PROPERTY_SEED=" << first + run << ": " << read.error().message;
        const auto again = decision::decide(c.action, read->world, c.policy);
        ASSERT_TRUE(read->lacking.empty())
            << "WARDEN_PROPERTY_SEED=" << first + run << ": " << read->lacking.front();
        ASSERT_EQ(again, decision) << "WARDEN_PROPERTY_SEED=" << first + run << '\n' << written;
        ASSERT_EQ(to_json(read->world, again), written) << "WARDEN_PROPERTY_SEED=" << first + run;
        ASSERT_EQ(read->world, as_told(c.world, c.action.vm_uuid))
            << "WARDEN_PROPERTY_SEED=" << first + run << '\n'
            << written;
    }
}

}  // namespace
}  // namespace controller::evidence
