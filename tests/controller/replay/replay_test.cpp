#include "controller/replay/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/json/bounded_json.hpp"
#include "tests/support/worlds.hpp"

namespace controller::replay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Policy in_mode(Mode mode) {
    auto policy = support::a_policy();
    policy.remedies[Remedy::stop_sync].mode = mode;
    return policy;
}

/// An answer of the API about an action that was judged by this policy.
std::string recorded_by(const Policy& policy, const World& world = support::a_world()) {
    const auto decision = decision::decide(support::an_action(), world, policy);
    return R"({"id":1,"remedy":"stop_sync","vm":"i-2-10-VM","vm_id":")" + support::a_vm().uuid +
           R"(","state":"observed","stage":"first","since":"2026-03-14T09:00:00.000Z",)"
           R"("alert":"CloudStackVMStoppedOutOfBand","fingerprint":"f","starts_at":"2026-03-14T08:54:00.000Z",)"
           R"("evidence":[{"at":"2026-03-14T09:00:00.000Z","kind":"first_decision","content":)" +
           evidence::to_json(world, decision) + R"(},{"at":"x","kind":"verification","content":{}}]})";
}

Rules rules_with(const Policy& policy) {
    return {policy, {{"CloudStackVMStoppedOutOfBand", Remedy::stop_sync}}};
}

Replayed replayed(const std::string& json, const Rules& rules) {
    const auto recorded = read_recorded_action(json);
    EXPECT_TRUE(recorded) << recorded.error().message;
    return replay(*recorded, rules);
}

TEST(Replay, finds_no_difference_under_the_same_rules) {
    for (const auto mode : {Mode::off, Mode::observe, Mode::automatic}) {
        const auto again = replayed(recorded_by(in_mode(mode)), rules_with(in_mode(mode)));
        ASSERT_EQ(again.decisions.size(), 1U);
        EXPECT_FALSE(again.decisions.at(0).differs());
        EXPECT_THAT(again.decisions.at(0).lacking, IsEmpty());
        EXPECT_EQ(again.routing, "");
    }
}

TEST(Replay, shows_what_a_mode_would_have_let_happen) {
    const auto again = replayed(recorded_by(in_mode(Mode::observe)), rules_with(in_mode(Mode::automatic)));
    const auto& decision = again.decisions.at(0);
    EXPECT_FALSE(decision.acted);
    EXPECT_TRUE(decision.would_act);
    EXPECT_THAT(decision.refuse_no_more, ElementsAre("mode"));
    EXPECT_THAT(decision.refuse_now, IsEmpty());
    EXPECT_EQ(again.vm, "i-2-10-VM");
}

TEST(Replay, shows_which_guard_would_have_held) {
    auto stricter = in_mode(Mode::automatic);
    stricter.remedies[Remedy::stop_sync].grace_ping_intervals = 1000;
    const auto again = replayed(recorded_by(in_mode(Mode::automatic)), rules_with(stricter));
    EXPECT_TRUE(again.decisions.at(0).acted);
    EXPECT_FALSE(again.decisions.at(0).would_act);
    EXPECT_THAT(again.decisions.at(0).refuse_now, ElementsAre("grace"));
}

TEST(Replay, says_when_the_alert_would_ask_for_something_else) {
    auto rules = rules_with(in_mode(Mode::automatic));
    rules.alerts["CloudStackVMStoppedOutOfBand"] = Remedy::ha_restart;
    EXPECT_THAT(replayed(recorded_by(in_mode(Mode::automatic)), rules).routing, HasSubstr("ha_restart"));
    rules.alerts.clear();
    EXPECT_THAT(replayed(recorded_by(in_mode(Mode::automatic)), rules).routing, HasSubstr("turned away"));
}

TEST(Replay, holds_by_what_older_evidence_does_not_tell_and_says_so) {
    auto answer = *parse_bounded_json(recorded_by(in_mode(Mode::automatic)), 20);
    answer["evidence"][0]["content"]["world"].erase("jobs");
    const auto again = replayed(answer.dump(), rules_with(in_mode(Mode::automatic)));
    EXPECT_FALSE(again.decisions.at(0).would_act);
    EXPECT_THAT(again.decisions.at(0).refuse_now, ElementsAre("cloudstack_idle"));
    EXPECT_THAT(again.decisions.at(0).lacking, ElementsAre("jobs"));
}

TEST(Replay, says_which_decision_it_cannot_judge) {
    auto answer = *parse_bounded_json(recorded_by(in_mode(Mode::automatic)), 20);
    answer["evidence"][0]["content"] = "scrambled";
    const auto again = replayed(answer.dump(), rules_with(in_mode(Mode::automatic)));
    EXPECT_THAT(again.decisions.at(0).trouble, HasSubstr("no evidence"));
    for (const auto* text : {"", "{}", "[]", R"({"id":1,"remedy":"fly"})"}) {
        EXPECT_FALSE(read_recorded_action(text)) << text;
    }
}

}  // namespace
}  // namespace controller::replay
