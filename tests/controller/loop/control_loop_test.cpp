#include "controller/loop/control_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using StopBehaviour = test_support::FakeCloud::StopBehaviour;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

constexpr int enough_steps = 400;

TEST(ControlLoop, stops_a_vm_that_died_unseen_once_and_verifies_it) {
    test_support::LoopStage stage;
    stage.deliver_alert();
    stage.run(3);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().stops_executed(), 1);
    EXPECT_THAT(stage.attempts(), ElementsAre(Field(&Attempt::outcome, AttemptOutcome::succeeded)));
}

TEST(ControlLoop, does_nothing_without_an_alert) {
    test_support::LoopStage stage;
    stage.run(3);
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

TEST(ControlLoop, observes_by_default) {
    test_support::LoopStage stage;
    stage.settings().policy.remedies.clear();
    stage.settings().policy.remedies[Remedy::stop_sync] = {};
    stage.deliver_alert();
    stage.run(3);
    EXPECT_EQ(stage.action().state, ActionState::observed) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

TEST(ControlLoop, holds_until_the_grace_is_over) {
    test_support::LoopStage stage;
    stage.cloud().set_drift_since(stage.now());
    stage.deliver_alert();
    stage.run(1);
    EXPECT_EQ(stage.action().state, ActionState::held);
    EXPECT_THAT(stage.notes(), HasSubstr("refused by grace"));
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
}

TEST(ControlLoop, a_vm_that_is_back_at_the_second_look_is_left_alone) {
    test_support::LoopStage stage;
    stage.cloud().freeze_snapshot();
    stage.cloud().run_domain_on(1);
    stage.deliver_alert();
    stage.run(1);
    EXPECT_EQ(stage.action().state, ActionState::held);
    EXPECT_THAT(stage.notes(), HasSubstr("second decision, on fresh facts: refused by still_true"));
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

TEST(ControlLoop, facts_that_cannot_be_read_afresh_hold) {
    test_support::LoopStage stage;
    stage.cloud().freeze_snapshot();
    stage.cloud().set_read_failure(true);
    stage.deliver_alert();
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::held);
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

TEST(ControlLoop, an_alert_that_resolved_cancels_what_waits) {
    test_support::LoopStage stage;
    stage.cloud().set_drift_since(stage.now());
    stage.deliver_alert();
    stage.run(1);
    stage.resolve_alert();
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::cancelled);
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

TEST(ControlLoop, success_is_not_believed_while_the_world_disagrees) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::only_says_success);
    stage.deliver_alert();
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::unverified) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 1);
}

TEST(ControlLoop, an_unknown_outcome_is_read_from_the_world_and_never_repeated) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::lost_after);
    stage.deliver_alert();
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 1);
}

TEST(ControlLoop, an_unexpected_failure_does_not_prove_that_nothing_was_done) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::fails_unexpectedly);
    stage.deliver_alert();
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 1);
}

TEST(ControlLoop, an_error_of_a_proxy_does_not_prove_that_nothing_was_done) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::fails_in_a_proxy);
    stage.deliver_alert();
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 1);
}

TEST(ControlLoop, a_vm_that_was_expunged_meanwhile_leaves_its_attempt_unverified) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::lost_after);
    stage.deliver_alert();
    stage.run(1);
    stage.cloud().expunge();
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::executing) << "the request may still be taken";
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::unverified) << stage.notes();
    EXPECT_THAT(stage.notes(), HasSubstr("no live row"));
    EXPECT_THAT(stage.attempts(), ElementsAre(Field(&Attempt::outcome, AttemptOutcome::unverified)));
}

/// A journal whose every write takes so long.
class SlowJournal : public test_support::CrashingJournal {
public:
    SlowJournal(test_support::LoopStage& stage, inventory::Duration each)
        : CrashingJournal(stage.journal(), 1'000'000, Moment::before), stage_(stage), each_(each) {}

    inventory::Result<Attempt> begin_attempt(const Action& action, const journal::Intent& intent,
                                             inventory::Time now) override {
        stage_.pass(each_);
        return CrashingJournal::begin_attempt(action, intent, now);
    }

private:
    test_support::LoopStage& stage_;
    inventory::Duration each_;
};

TEST(ControlLoop, facts_that_aged_while_the_journal_wrote_are_not_acted_upon) {
    test_support::LoopStage stage;
    SlowJournal slow(stage, 31s);
    stage.deliver_alert();
    stage.run(1, &slow);
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_THAT(stage.attempts(), ElementsAre(Field(&Attempt::outcome, AttemptOutcome::not_sent)));
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << "with a journal that is quick again";
}

TEST(ControlLoop, a_lost_request_is_given_up_only_after_it_has_expired) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::lost_before);
    stage.deliver_alert();
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::executing) << stage.notes();
    stage.cloud().set_stop_behaviour(StopBehaviour::works);
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_THAT(stage.attempts(), ElementsAre(Field(&Attempt::outcome, AttemptOutcome::not_sent),
                                              Field(&Attempt::outcome, AttemptOutcome::succeeded)));
    EXPECT_EQ(stage.cloud().stops_executed(), 1);
}

TEST(ControlLoop, gives_up_after_the_attempts_allowed) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::job_fails);
    stage.deliver_alert();
    stage.run(enough_steps);
    EXPECT_EQ(stage.action().state, ActionState::failed) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 3);
}

TEST(ControlLoop, the_back_off_lies_between_two_attempts) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(StopBehaviour::refused);
    stage.deliver_alert();
    stage.run(enough_steps);
    const auto attempts = stage.attempts();
    ASSERT_GE(attempts.size(), 2U);
    EXPECT_GE(attempts[1].intent_at - attempts[0].ended_at.value(), 5min);
}

}  // namespace
}  // namespace controller::loop
