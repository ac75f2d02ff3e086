#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/controller/decision/laws.hpp"
#include "tests/support/guards_asked.hpp"

/// The safety proof: should a guard and its restatement in laws.cpp disagree, one of them is wrong.
namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Dice;

constexpr std::uint64_t runs_in_dev = 40'000;

TEST(DecideProperty, acts_exactly_when_every_law_holds) {
    const auto seed = support::first_seed();
    const auto runs = support::property_runs(runs_in_dev);
    std::uint64_t acted = 0;
    for (auto world = seed; world < seed + runs; ++world) {
        Dice dice{world};
        const auto c = support::random_case_of_any_remedy(dice);
        const auto decision = decide(c.action, c.world, c.policy);
        const auto broken = first_broken_law(c);
        ASSERT_EQ(decision.acts(), broken.empty())
            << "WARDEN_PROPERTY_SEED=" << world << " WARDEN_PROPERTY_RUNS=1, law: " << broken;
        acted += decision.acts() ? 1U : 0U;
    }
    if (runs >= 1000) {
        EXPECT_GT(acted, runs / 20) << "too few worlds act for the property to say something";
        EXPECT_LT(acted, runs / 2) << "too few worlds hold";
    }
}

TEST(DecideProperty, every_guard_is_heard_and_each_refusal_explains_itself) {
    const auto seed = support::first_seed();
    for (auto world = seed; world < seed + support::property_runs(runs_in_dev) / 4 + 1; ++world) {
        Dice dice{world};
        const auto c = support::random_case_of_any_remedy(dice);
        const auto decision = decide(c.action, c.world, c.policy);
        ASSERT_EQ(decision.verdicts.size(), support::guards_asked_for(c.action.remedy).size());
        for (const auto& verdict : decision.verdicts) {
            ASSERT_TRUE(!verdict.refusal ||
                        (!verdict.refusal->sentence.empty() && !verdict.refusal->lifted_by.empty()))
                << verdict.guard << " WARDEN_PROPERTY_SEED=" << world;
        }
        ASSERT_EQ(decision, decide(c.action, c.world, c.policy)) << "the same facts, another decision";
    }
}

TEST(DecideProperty, a_remedy_that_nobody_configured_does_nothing) {
    const auto seed = support::first_seed();
    for (auto world = seed; world < seed + support::property_runs(runs_in_dev) / 4 + 1; ++world) {
        Dice dice{world};
        auto c = support::random_case_of_any_remedy(dice);
        c.policy.remedies[c.action.remedy].mode = RemedyPolicy{}.mode;
        ASSERT_FALSE(decide(c.action, c.world, c.policy).acts()) << "WARDEN_PROPERTY_SEED=" << world;
    }
}

/// Takes one fact away. What is unknown is never good news.
using Loss = void (*)(World&);

const std::vector<Loss> losses{
    [](World& world) { world.rows.clear(); },
    [](World& world) { world.verdict.reset(); },
    [](World& world) { world.operators.reset(); },
    [](World& world) { world.candidates.clear(); },
    [](World& world) { world.ping_interval.reset(); },
    [](World& world) { world.leadership.reset(); },
    [](World& world) { world.jobs.reset(); },
    [](World& world) { world.ha_work.reset(); },
    [](World& world) { world.records_read_at.reset(); },
    [](World& world) { world.fleet.reset(); },
    [](World& world) {
        if (world.fleet) {
            world.fleet->watched_since.reset();
        }
    },
    [](World& world) {
        if (world.fleet) {
            world.fleet->zone.reset();
        }
    },
    [](World& world) { world.scope.reset(); },
    [](World& world) { world.database_up = false; },
    [](World& world) {
        world.fresh = true;
        world.judged_update_count.reset();
    },
};

/// What a remedy does not ask about does not hold it.
const std::vector<Loss> losses_of_stop_sync{
    [](World& world) { world.drift_since.reset(); },
    [](World& world) { world.host.reset(); },
    [](World& world) { world.manager.reset(); },
    [](World& world) {
        if (world.manager) {
            world.manager->last_update.reset();
        }
    },
};

const std::vector<Loss> losses_of_ha_restart{
    [](World& world) { world.past.reset(); },
    [](World& world) { world.managers.reset(); },
};

const std::vector<Loss>& own_losses(Remedy remedy) {
    return remedy == Remedy::stop_sync ? losses_of_stop_sync : losses_of_ha_restart;
}

TEST(DecideProperty, nothing_is_done_when_any_fact_is_unknown) {
    const auto seed = support::first_seed();
    for (auto number = seed; number < seed + support::property_runs(runs_in_dev) / 4 + 1; ++number) {
        Dice dice{number};
        auto c = support::random_case_of_any_remedy(dice);
        if (c.world.operators) {
            // Whoever lifts a guard answers for what it does not know.
            c.world.operators->lifts.clear();
        }
        dice.any(dice.one_in(3) ? own_losses(c.action.remedy) : losses)(c.world);
        ASSERT_FALSE(decide(c.action, c.world, c.policy).acts()) << "WARDEN_PROPERTY_SEED=" << number;
    }
}

}  // namespace
}  // namespace controller::decision
