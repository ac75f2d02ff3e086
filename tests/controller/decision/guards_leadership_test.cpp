#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/support/worlds.hpp"

namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;
using testing::HasSubstr;

const GuardVerdict& leadership(const Decision& decision) {
    return *std::ranges::find(decision.verdicts, "leadership", &GuardVerdict::guard);
}

Decision decided(const Case& c) {
    return decide(c.action, c.world, c.policy);
}

TEST(Leadership, who_holds_the_lease_acts) {
    EXPECT_TRUE(decided({}).acts());
}

TEST(Leadership, nobody_acts_while_it_is_not_known_who_leads) {
    Case c;
    c.world.leadership.reset();
    EXPECT_TRUE(decided(c).is_held_only_by("leadership"));
}

TEST(Leadership, who_only_watches_says_who_leads) {
    Case c;
    c.world.leadership = controller::Leadership{.controller = "two/2", .holder = "one/1", .token = 7};
    const auto decision = decided(c);
    EXPECT_TRUE(decision.is_held_only_by("leadership"));
    const auto& refusal = leadership(decision).refusal;
    EXPECT_THAT(refusal->sentence, HasSubstr("the controller one/1 holds the lease"));
    EXPECT_THAT(refusal->facts, testing::Contains(testing::Pair("token", "7")));
}

TEST(Leadership, a_lease_that_has_run_out_is_none) {
    Case c;
    c.world.leadership->left = 0s;
    c.world.leadership->trouble = "the database is gone";
    const auto decision = decided(c);
    EXPECT_TRUE(decision.is_held_only_by("leadership"));
    EXPECT_THAT(leadership(decision).refusal->sentence, HasSubstr("run out"));
    EXPECT_THAT(leadership(decision).refusal->sentence, HasSubstr("the database is gone"));
}

TEST(Leadership, a_lease_that_nobody_holds_lets_nobody_act) {
    Case c;
    c.world.leadership = controller::Leadership{.controller = "two/2"};
    const auto decision = decided(c);
    EXPECT_TRUE(decision.is_held_only_by("leadership"));
    EXPECT_THAT(leadership(decision).refusal->sentence, HasSubstr("no controller holds the lease"));
}

}  // namespace
}  // namespace controller::decision
