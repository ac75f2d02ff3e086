#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/controller/decision/refusals.hpp"
#include "tests/support/worlds_operators.hpp"

/// The guards of an operator's word: mode approve, pause, window, flapping; and what a human may lift.
namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;
using support::now;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

RemedyPolicy& stop_sync(Case& c) {
    return c.policy.remedies[Remedy::stop_sync];
}

std::vector<std::string> holding(const Case& c) {
    std::vector<std::string> names;
    for (const auto& verdict : decide(c.action, c.world, c.policy).verdicts) {
        if (verdict.holds()) {
            names.push_back(verdict.guard);
        }
    }
    return names;
}

std::string sentence_of(const Case& c, const std::string& guard) {
    const auto verdict = verdict_of(c, guard);
    return verdict.refusal ? verdict.refusal->sentence : "";
}

class ModeApprove : public ::testing::Test {
protected:
    ModeApprove() { stop_sync(c_).mode = Mode::approve; }

    Case c_;
};

TEST_F(ModeApprove, waits_for_a_human) {
    EXPECT_THAT(holding(c_), ElementsAre("mode"));
    EXPECT_THAT(sentence_of(c_, "mode"), HasSubstr("attempt 1 of this action is not approved"));
    EXPECT_THAT(verdict_of(c_, "mode").refusal->lifted_by, HasSubstr("wardenctl approve 1"));
}

TEST_F(ModeApprove, acts_on_an_approval_of_the_next_attempt) {
    c_.world.operators->approvals = {support::an_approval()};
    EXPECT_THAT(holding(c_), IsEmpty());
}

TEST_F(ModeApprove, takes_an_approval_for_one_attempt) {
    c_.world.operators->approvals = {support::an_approval(1)};
    c_.world.attempts = {support::an_attempt()};
    EXPECT_THAT(holding(c_), ElementsAre("mode")) << "the first attempt has spent it";
    c_.world.operators->approvals.push_back(support::an_approval(2));
    EXPECT_THAT(holding(c_), IsEmpty());
    c_.world.attempts.front().action_id = 2;
    EXPECT_THAT(holding(c_), IsEmpty()) << "another action's attempt spends nothing";
}

TEST_F(ModeApprove, takes_no_approval_that_is_expired_or_of_another_action_or_from_the_future) {
    for (auto* const spoil : {+[](Approval& approval) { approval.expires_at = now; },
                              +[](Approval& approval) { approval.action_id = 2; },
                              +[](Approval& approval) { approval.word.at = now + 1us; }}) {
        auto approval = support::an_approval();
        spoil(approval);
        c_.world.operators->approvals = {approval};
        EXPECT_THAT(holding(c_), ElementsAre("mode"));
    }
}

TEST_F(ModeApprove, is_not_lifted_by_an_approval_in_mode_observe) {
    c_.world.operators->approvals = {support::an_approval()};
    stop_sync(c_).mode = Mode::observe;
    EXPECT_THAT(holding(c_), ElementsAre("mode"));
}

class GuardPause : public ::testing::Test {
protected:
    GuardPause() { c_.world.operators->whereabouts = support::some_place(); }

    void pause(PauseScope scope, const std::string& subject) {
        c_.world.operators->pauses = {support::a_pause(scope, subject)};
    }

    Case c_;
};

TEST_F(GuardPause, holds_what_a_pause_covers) {
    const std::vector<std::pair<PauseScope, std::string>> covering{{PauseScope::all, ""},
                                                                   {PauseScope::remedy, "stop_sync"},
                                                                   {PauseScope::zone, "zone1"},
                                                                   {PauseScope::cluster, "cluster1"},
                                                                   {PauseScope::host, "kvm1"},
                                                                   {PauseScope::account, "alice"},
                                                                   {PauseScope::account, "/sales/alice"},
                                                                   {PauseScope::vm, support::a_vm().uuid}};
    for (const auto& [scope, subject] : covering) {
        pause(scope, subject);
        EXPECT_THAT(holding(c_), ElementsAre("pause")) << to_word(scope);
        EXPECT_THAT(sentence_of(c_, "pause"), HasSubstr("alice has paused " + std::string{to_word(scope)}));
        EXPECT_THAT(sentence_of(c_, "pause"), HasSubstr("(storage works)"));
    }
}

TEST_F(GuardPause, passes_what_no_pause_covers) {
    for (const auto& [scope, subject] :
         std::vector<std::pair<PauseScope, std::string>>{{PauseScope::remedy, "ha_restart"},
                                                         {PauseScope::zone, "zone2"},
                                                         {PauseScope::cluster, "cluster2"},
                                                         {PauseScope::host, "kvm2"},
                                                         {PauseScope::account, "bob"},
                                                         {PauseScope::account, "/alice"},
                                                         {PauseScope::vm, "other"}}) {
        pause(scope, subject);
        EXPECT_THAT(holding(c_), IsEmpty()) << to_word(scope);
    }
}

TEST_F(GuardPause, holds_a_vm_of_which_it_is_unknown_where_it_is) {
    c_.world.operators->whereabouts = {};
    for (const auto scope : {PauseScope::zone, PauseScope::cluster, PauseScope::host, PauseScope::account}) {
        pause(scope, "elsewhere");
        EXPECT_THAT(holding(c_), ElementsAre("pause")) << to_word(scope);
    }
}

TEST_F(GuardPause, is_over_with_the_pause) {
    pause(PauseScope::all, "");
    c_.world.operators->pauses.front().until = now;
    EXPECT_THAT(holding(c_), IsEmpty());
    pause(PauseScope::all, "");
    c_.world.operators->pauses.front().ended = support::a_word();
    EXPECT_THAT(holding(c_), IsEmpty());
}

TEST_F(GuardPause, holds_while_it_is_unknown_what_is_paused) {
    c_.world.operators.reset();
    EXPECT_THAT(holding(c_), ElementsAre("pause"));
}

TEST_F(GuardPause, takes_a_silence_of_the_alert_as_a_pause) {
    c_.world.operators->silences = {true, now - 1s, "", {support::a_silence()}};
    EXPECT_THAT(holding(c_), ElementsAre("pause"));
    EXPECT_THAT(sentence_of(c_, "pause"), HasSubstr("bob has silenced the alert until"));
    c_.world.operators->silences.covering.clear();
    EXPECT_THAT(holding(c_), IsEmpty());
}

TEST_F(GuardPause, holds_while_silences_are_unknown) {
    for (const auto& read_at :
         {std::optional<inventory::Time>{}, std::optional{now - 31s}, std::optional{now + 1s}}) {
        c_.world.operators->silences = {true, read_at, "connection refused", {}};
        EXPECT_THAT(holding(c_), ElementsAre("pause"));
        EXPECT_THAT(sentence_of(c_, "pause"), HasSubstr("connection refused"));
    }
    c_.world.operators->silences.configured = false;
    EXPECT_THAT(holding(c_), IsEmpty()) << "who asks nobody waits for no answer";
}

TEST(GuardWindow, holds_outside_every_window) {
    Case c;
    stop_sync(c).windows = {*parse_window("Mon-Fri 22:00-06:00"), *parse_window("Sat 12:00-13:00")};
    EXPECT_THAT(holding(c), ElementsAre("window"));
    EXPECT_THAT(verdict_of(c, "window").refusal->lifted_by, HasSubstr("2026-03-14T12:00:00.000Z"));
    stop_sync(c).windows.push_back(*parse_window("Sat 08:00-10:00"));
    EXPECT_THAT(holding(c), IsEmpty());
}

class Flaps : public ::testing::Test {
protected:
    /// One attempt of an action of its own, so long ago.
    void acted(std::uint64_t action_id, inventory::Duration ago) {
        auto attempt = support::an_attempt();
        attempt.id = action_id;
        attempt.action_id = action_id;
        attempt.intent_at = now - ago;
        attempt.expires_at = attempt.intent_at + 1min;
        attempt.ended_at = attempt.intent_at + 30s;
        c_.world.attempts.push_back(attempt);
    }

    Case c_;
};

TEST_F(Flaps, after_so_many_actions_within_the_period_until_it_is_acknowledged) {
    acted(2, 26h);
    acted(3, 20h);
    EXPECT_THAT(holding(c_), IsEmpty());
    acted(4, 3h);
    EXPECT_THAT(holding(c_), ElementsAre("attempts"));
    EXPECT_THAT(sentence_of(c_, "attempts"), HasSubstr("it flaps: 3 actions"));
    c_.world.operators->acknowledgement = support::an_acknowledgement(now - 4h);
    EXPECT_THAT(holding(c_), IsEmpty()) << "one action since";
}

TEST_F(Flaps, however_long_ago_when_nobody_has_acknowledged_it) {
    acted(2, 24h * 40);
    acted(3, 24h * 40 - 1h);
    acted(4, 24h * 40 - 2h);
    EXPECT_THAT(holding(c_), ElementsAre("attempts"));
    c_.world.operators->acknowledgement = support::an_acknowledgement(now + 1s);
    EXPECT_THAT(holding(c_), ElementsAre("attempts")) << "an acknowledgement from the future is none";
    c_.world.operators->acknowledgement = support::an_acknowledgement(now);
    EXPECT_THAT(holding(c_), IsEmpty());
}

TEST_F(Flaps, not_by_actions_that_lie_apart_or_by_its_own_attempts_or_by_what_never_left) {
    acted(2, 60h);
    acted(3, 36h);
    acted(4, 12h);
    EXPECT_THAT(holding(c_), IsEmpty());
    c_.world.attempts.clear();
    for (const auto ago : {5h, 4h, 3h}) {
        acted(c_.action.id, ago);
    }
    EXPECT_THAT(holding(c_), IsEmpty());
    c_.world.attempts.clear();
    for (const auto ago : {5h, 4h, 3h}) {
        acted(static_cast<std::uint64_t>(ago.count()), ago);
        c_.world.attempts.back().outcome = AttemptOutcome::not_sent;
    }
    EXPECT_THAT(holding(c_), IsEmpty());
}

TEST(Lifting, lets_an_action_pass_a_guard_and_keeps_its_refusal_in_sight) {
    Case c;
    c.world.operators->pauses = {support::a_pause(PauseScope::all)};
    c.world.operators->lifts = {support::a_lift("pause")};
    const auto decision = decide(c.action, c.world, c.policy);
    EXPECT_TRUE(decision.acts());
    const auto verdict = verdict_of(c, "pause");
    EXPECT_TRUE(verdict.refusal);
    EXPECT_EQ(verdict.lifted, support::a_lift("pause"));
    c.world.host->status = "Down";
    EXPECT_THAT(holding(c), ElementsAre("host_up")) << "every other guard still has to pass";
}

TEST(Lifting, is_for_one_action_for_a_time) {
    for (auto* const spoil :
         {+[](Lift& lift) { lift.until = now; }, +[](Lift& lift) { lift.action_id = 2; },
          +[](Lift& lift) { lift.word.at = now + 1us; }, +[](Lift& lift) { lift.guard = "window"; }}) {
        Case c;
        auto lift = support::a_lift("pause");
        spoil(lift);
        c.world.operators->pauses = {support::a_pause(PauseScope::all)};
        c.world.operators->lifts = {lift};
        EXPECT_THAT(holding(c), ElementsAre("pause"));
    }
}

TEST(Lifting, of_what_protects_a_vm_that_may_be_alive_has_no_effect) {
    Case c;
    c.policy.remedies.clear();
    c.action.vm_uuid = "other";
    c.world.verdict.reset();
    c.world.drift_since.reset();
    c.world.database_up = false;
    c.world.jobs.reset();
    c.world.host->status = "Down";
    c.world.judged_update_count.reset();
    c.world.others_under_way = {42};
    c.world.attempts = {support::an_attempt()};
    c.world.attempts.front().outcome.reset();
    const auto before = holding(c);
    for (const auto& verdict : decide(c.action, c.world, c.policy).verdicts) {
        c.world.operators->lifts.push_back(support::a_lift(verdict.guard));
    }
    EXPECT_EQ(holding(c), before);
    for (const auto* const guard : {"mode", "identity", "still_true", "grace", "witnesses", "cloudstack_idle",
                                    "host_up", "unchanged", "concurrency", "unresolved"}) {
        EXPECT_THAT(before, ::testing::Contains(guard));
        EXPECT_FALSE(may_be_lifted(guard));
    }
}

}  // namespace
}  // namespace controller::decision
