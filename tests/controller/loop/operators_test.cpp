#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/loop/control_loop.hpp"
#include "tests/support/loop_stage.hpp"

/// The loop and an operator's word: it waits for it, obeys it, and reads it again before it acts.
namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class LoopAndOperators : public testing::Test {
protected:
    [[nodiscard]] Word word() const { return {"alice", "storage works", stage_.now()}; }
    void approve() { ASSERT_TRUE(operators_.approve(stage_.action(), word(), stage_.now() + 10min)); }
    void pause() {
        ASSERT_TRUE(operators_.pause({.scope = PauseScope::all,
                                      .subject = "",
                                      .word = word(),
                                      .until = stage_.now() + 1h,
                                      .ended = {}}));
    }
    RemedyPolicy& remedy() { return stage_.settings().policy.remedies[Remedy::stop_sync]; }

    test_support::LoopStage stage_;
    test_support::FakeOperators& operators_ = stage_.operators();
};

TEST_F(LoopAndOperators, an_action_in_mode_approve_waits_for_a_yes_and_acts_once_on_it) {
    remedy().mode = Mode::approve;
    stage_.deliver_alert();
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::awaiting_approval) << stage_.notes();
    EXPECT_EQ(stage_.cloud().stop_calls(), 0);
    approve();
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::succeeded) << stage_.notes();
    EXPECT_EQ(stage_.cloud().stop_calls(), 1);
    EXPECT_THAT(stage_.notes(), HasSubstr("awaiting_approval: attempt 1 approved until"));
}

TEST_F(LoopAndOperators, each_attempt_needs_a_yes_of_its_own) {
    remedy().mode = Mode::approve;
    remedy().back_off = 1s;
    stage_.cloud().set_stop_behaviour(test_support::FakeCloud::StopBehaviour::refused);
    stage_.deliver_alert();
    stage_.run(1);
    approve();
    stage_.run(60);
    EXPECT_EQ(stage_.cloud().stop_calls(), 1) << stage_.notes();
    EXPECT_EQ(stage_.action().state, ActionState::awaiting_approval) << stage_.notes();
    approve();
    stage_.run(60);
    EXPECT_EQ(stage_.cloud().stop_calls(), 2) << stage_.notes();
}

TEST_F(LoopAndOperators, an_alert_that_resolves_ends_an_action_that_awaits_approval) {
    remedy().mode = Mode::approve;
    stage_.deliver_alert();
    stage_.run(1);
    stage_.resolve_alert();
    EXPECT_EQ(stage_.action().state, ActionState::cancelled);
}

TEST_F(LoopAndOperators, a_pause_holds_and_its_end_releases) {
    pause();
    stage_.deliver_alert();
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::held);
    EXPECT_THAT(stage_.notes(), HasSubstr("refused by pause"));
    ASSERT_TRUE(operators_.end_pause(1, word()));
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::succeeded) << stage_.notes();
}

TEST_F(LoopAndOperators, a_pause_between_the_two_decisions_is_seen_by_the_second) {
    operators_.before_reading([this](int earlier) {
        if (earlier == 1) {
            pause();
        }
    });
    stage_.deliver_alert();
    stage_.run(2);
    EXPECT_EQ(stage_.cloud().stop_calls(), 0) << stage_.notes();
    EXPECT_THAT(stage_.notes(), HasSubstr("second decision, on fresh facts: refused by pause"));
}

TEST_F(LoopAndOperators, an_approval_that_expires_between_the_two_decisions_is_none) {
    remedy().mode = Mode::approve;
    stage_.deliver_alert();
    stage_.run(1);
    ASSERT_TRUE(operators_.approve(stage_.action(), word(), stage_.now() + 1s));
    operators_.before_reading([this](int earlier) {
        if (earlier == 1) {
            stage_.pass(2s);
        }
    });
    stage_.run(1);
    EXPECT_EQ(stage_.cloud().stop_calls(), 0) << stage_.notes();
}

TEST_F(LoopAndOperators, nothing_is_done_while_their_words_cannot_be_read) {
    operators_.fail_with(inventory::Error{"the journal is away", true});
    stage_.deliver_alert();
    stage_.run(3);
    EXPECT_EQ(stage_.cloud().stop_calls(), 0);
    operators_.fail_with(std::nullopt);
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::succeeded) << stage_.notes();
}

TEST_F(LoopAndOperators, silences_hold_when_they_cover_the_alert_or_are_unknown) {
    stage_.silences() = {.configured = true, .read_at = {}, .error = "connection refused", .covering = {}};
    stage_.deliver_alert();
    stage_.run(2);
    EXPECT_EQ(stage_.action().state, ActionState::held);
    EXPECT_THAT(stage_.notes(), HasSubstr("refused by pause"));
    stage_.silences().configured = false;
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::succeeded) << stage_.notes();
}

TEST_F(LoopAndOperators, a_lifted_guard_lets_the_action_act_and_the_evidence_says_who_lifted_it) {
    pause();
    stage_.deliver_alert();
    stage_.run(1);
    ASSERT_TRUE(operators_.lift(stage_.action(), "pause", word(), stage_.now() + 1h));
    stage_.run(3);
    EXPECT_EQ(stage_.action().state, ActionState::succeeded) << stage_.notes();
    const auto evidence = stage_.journal().evidence(stage_.action().id).value();
    const auto second = std::ranges::find(evidence, "second_decision", &journal::Evidence::kind);
    ASSERT_NE(second, evidence.end());
    EXPECT_THAT(second->json, HasSubstr(R"("lifted":{"id":1)"));
    EXPECT_THAT(second->json, HasSubstr(R"("operator":"alice")"));
}

}  // namespace
}  // namespace controller::loop
