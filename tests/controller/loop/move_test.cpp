#include "controller/loop/move.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

using test_support::FakeCloud;
using test_support::LoopStage;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Behaviour = FakeCloud::MoveBehaviour;

constexpr inventory::Owner alice{inventory::AccountId{5}, inventory::AccountDomainId{2}};

class Moving : public ::testing::Test {
protected:
    void ask(Behaviour behaviour) {
        stage.cloud().prepare_move(behaviour);
        const auto filed = stage.moves().file({.batch = "",
                                               .vm_uuid = FakeCloud::vm_uuid,
                                               .target = {"bob", "d-3", {}},
                                               .from = alice,
                                               .requested_by = "eve",
                                               .reason = "sold",
                                               .again = false},
                                              stage.now());
        ASSERT_TRUE(filed);
    }
    Move move() { return **stage.moves().newest_on(FakeCloud::vm_uuid); }

    LoopStage stage;
};

TEST_F(Moving, a_move_runs_through_the_guards_and_is_verified_by_its_owner) {
    ask(Behaviour::works);
    stage.run(3);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 1);
    EXPECT_EQ(move().failure, std::nullopt);
    ASSERT_THAT(stage.attempts(), SizeIs(1));
    EXPECT_EQ(stage.attempts().front().command, Command::assign_vm);
    EXPECT_GT(stage.attempts().front().evidence_id, 0U);
}

TEST_F(Moving, a_locked_sequence_is_tried_again_after_the_back_off) {
    ask(Behaviour::waits_for_a_lock);
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_EQ(move().failure, MoveFailure::transient);
    EXPECT_THAT(move().failure_note, HasSubstr("1205"));
    stage.cloud().prepare_move(Behaviour::works);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 2);
}

TEST_F(Moving, what_cloudstack_refuses_is_over) {
    ask(Behaviour::is_refused);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::failed) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 1);
    EXPECT_EQ(move().failure, MoveFailure::permanent);
}

TEST_F(Moving, a_vm_in_pieces_is_never_tried_again) {
    ask(Behaviour::leaves_pieces);
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::failed) << stage.notes();
    EXPECT_EQ(move().failure, MoveFailure::partial);
    EXPECT_THAT(move().failure_note, HasSubstr("no live NIC"));
    stage.deliver_alert(Remedy::reassign_retry);
    stage.run(100);
    EXPECT_EQ(stage.cloud().moves_called(), 1);
}

TEST_F(Moving, a_lost_answer_is_settled_by_owner_and_event_and_not_by_another_try) {
    ask(Behaviour::loses_the_answer);
    stage.run(5);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 1);
}

TEST_F(Moving, a_lost_request_stays_open_for_long_and_then_asks_for_a_human) {
    ask(Behaviour::loses_the_request);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::executing) << "it may still be at it";
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::unverified) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 1);
}

TEST_F(Moving, a_try_is_settled_as_what_it_was_whatever_is_asked_for_meanwhile) {
    ask(Behaviour::loses_the_request);
    stage.run(2);
    const auto first = move();
    ask(Behaviour::loses_the_request);
    ASSERT_NE(move().id, first.id);
    stage.run(200);
    ASSERT_EQ(stage.attempts().front().outcome, AttemptOutcome::unverified);
    EXPECT_EQ(stage.moves().tried_by(first.action_id).value()->failure, MoveFailure::unknown);
    EXPECT_EQ(move().failure, std::nullopt) << "nobody has tried the second one";
}

TEST_F(Moving, who_waits_for_the_sequence_holds_the_move) {
    ask(Behaviour::works);
    for (const auto waiters : {std::optional<std::size_t>{1}, std::optional<std::size_t>{}}) {
        stage.cloud().set_sequence_waiters(waiters);
        stage.run(3);
        EXPECT_EQ(stage.action().state, ActionState::held);
        EXPECT_EQ(stage.cloud().moves_called(), 0);
    }
    stage.cloud().set_sequence_waiters(0);
    stage.run(3);
    EXPECT_EQ(stage.action().state, ActionState::succeeded);
}

TEST_F(Moving, an_alert_retries_a_move_that_failed_transiently) {
    ask(Behaviour::waits_for_a_lock);
    stage.settings().policy.remedies[Remedy::reassign_retry].attempts = 1;
    stage.run(2);
    ASSERT_EQ(stage.action().state, ActionState::failed) << stage.notes();
    stage.cloud().prepare_move(Behaviour::works);
    stage.settings().policy.remedies[Remedy::reassign_retry].attempts = 3;
    stage.deliver_alert(Remedy::reassign_retry);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 2);
}

TEST_F(Moving, an_alert_without_a_journaled_move_waits_for_somebody_to_name_the_target) {
    stage.cloud().prepare_move(Behaviour::works);
    stage.deliver_alert(Remedy::reassign_retry);
    stage.run(10);
    EXPECT_EQ(stage.action().state, ActionState::held);
    EXPECT_THAT(stage.notes(), HasSubstr("ownership"));
    EXPECT_EQ(stage.cloud().moves_called(), 0);
}

TEST_F(Moving, in_mode_approve_the_asking_is_the_approval_of_the_first_try_and_of_no_other) {
    stage.settings().policy.remedies[Remedy::reassign_retry].mode = Mode::approve;
    ask(Behaviour::waits_for_a_lock);
    stage.run(2);
    ASSERT_THAT(stage.attempts(), SizeIs(1)) << stage.notes();
    EXPECT_THAT(stage.notes(), HasSubstr("attempt 1 approved until"));
    EXPECT_THAT(stage.notes(), HasSubstr("by eve: sold"));
    stage.cloud().prepare_move(Behaviour::works);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::awaiting_approval) << stage.notes();
    ASSERT_TRUE(stage.operators().approve(stage.action(), {"eve", "again", stage.now()},
                                          stage.now() + std::chrono::minutes{15}));
    stage.run(10);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 2);
}

TEST_F(Moving, in_mode_approve_the_retry_that_an_alert_asks_for_waits_for_a_yes) {
    stage.settings().policy.remedies[Remedy::reassign_retry].mode = Mode::approve;
    stage.settings().policy.remedies[Remedy::reassign_retry].attempts = 1;
    ask(Behaviour::waits_for_a_lock);
    stage.run(2);
    ASSERT_EQ(stage.action().state, ActionState::failed) << stage.notes();
    stage.settings().policy.remedies[Remedy::reassign_retry].attempts = 3;
    stage.deliver_alert(Remedy::reassign_retry);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::awaiting_approval) << stage.notes();
    EXPECT_EQ(stage.cloud().moves_called(), 1);
}

TEST_F(Moving, a_vm_that_somebody_moved_meanwhile_ends_the_action) {
    ask(Behaviour::works);
    stage.settings().policy.remedies[Remedy::reassign_retry].mode = Mode::observe;
    stage.run(2);
    ASSERT_EQ(stage.action().state, ActionState::observed) << stage.notes();
    (void)stage.cloud().assign_virtual_machine("", {}, stage.now());
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::cancelled);
    EXPECT_THAT(stage.attempts(), IsEmpty());
}

}  // namespace
}  // namespace controller::loop
