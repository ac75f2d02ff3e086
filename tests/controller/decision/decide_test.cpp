#include "controller/decision/decide.hpp"

#include <set>

#include <gtest/gtest.h>

#include "controller/decision/guards/guards.hpp"
#include "tests/support/guards_asked.hpp"
#include "tests/support/worlds.hpp"

namespace controller::decision {
namespace {

using support::Case;

Decision decide(const Case& c) {
    return decision::decide(c.action, c.world, c.policy);
}

TEST(Decide, plans_a_forced_stop_when_every_guard_passes) {
    const auto decision = decide(Case{});
    ASSERT_TRUE(decision.acts());
    EXPECT_EQ(*decision.plan, Plan(StopVm{support::a_vm().uuid, true}));
}

TEST(Decide, reports_every_guard_in_the_order_of_the_list) {
    const auto decision = decide(Case{});
    const auto asked = support::guards_asked_for(Remedy::stop_sync);
    ASSERT_EQ(decision.verdicts.size(), asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
        EXPECT_EQ(decision.verdicts[i].guard, asked.at(i).name);
        EXPECT_EQ(decision.verdicts[i].claim, asked.at(i).claim);
    }
}

TEST(Decide, plans_a_forced_stop_and_then_a_start_where_the_vm_is_to_be_restarted) {
    EXPECT_EQ(decide(support::a_restart_case(Stage::first)).plan, Plan(StopVm{support::a_vm().uuid, true}));
    EXPECT_EQ(decide(support::a_restart_case(Stage::stopped)).plan, Plan(StartVm{support::a_vm().uuid}));
}

TEST(Decide, knows_each_guard_by_a_name_of_its_own) {
    std::set<std::string_view> names;
    for (const auto& guard : guards::all) {
        names.insert(guard.name);
    }
    EXPECT_EQ(names.size(), guards::all.size());
}

TEST(Decide, reports_all_refusals_and_not_only_the_first) {
    Case c;
    c.policy.remedies[Remedy::stop_sync].mode = Mode::observe;
    c.world.host->status = "Down";
    c.world.others_under_way = {42};
    std::size_t refusals = 0;
    for (const auto& verdict : decide(c).verdicts) {
        refusals += verdict.refusal ? 1U : 0U;
    }
    EXPECT_EQ(refusals, 3U);
}

TEST(Decide, holds_on_an_empty_world_by_every_guard_that_asks_for_a_fact) {
    const auto decision = decision::decide(support::an_action(), World{}, support::a_policy());
    EXPECT_FALSE(decision.acts());
    std::set<std::string> passing;
    for (const auto& verdict : decision.verdicts) {
        if (!verdict.refusal) {
            passing.insert(verdict.guard);
        }
    }
    EXPECT_EQ(passing, (std::set<std::string>{"mode", "window", "unchanged", "attempts", "unresolved"}));
}

TEST(Decide, tells_an_action_that_only_its_mode_holds) {
    Case c;
    EXPECT_FALSE(decide(c).is_held_only_by("mode")) << "nothing holds it";
    c.policy.remedies[Remedy::stop_sync].mode = Mode::observe;
    EXPECT_TRUE(decide(c).is_held_only_by("mode"));
    c.world.host->status = "Down";
    EXPECT_FALSE(decide(c).is_held_only_by("mode"));
}

}  // namespace
}  // namespace controller::decision
