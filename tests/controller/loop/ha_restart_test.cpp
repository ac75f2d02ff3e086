#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using test_support::CrashingJournal;
using StartBehaviour = test_support::FakeCloud::StartBehaviour;
using StopBehaviour = test_support::FakeCloud::StopBehaviour;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

constexpr int enough_steps = 400;

class HaRestart : public testing::Test {
protected:
    HaRestart() {
        stage.cloud().set_ha(true);
        stage.deliver_alert(Remedy::ha_restart);
    }

    void expect_stopped_and_started_once() {
        EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
        EXPECT_EQ(stage.cloud().stops_executed(), 1);
        EXPECT_EQ(stage.cloud().starts_executed(), 1);
        EXPECT_EQ(stage.cloud().recorded(), inventory::VmState::running);
    }

    test_support::LoopStage stage;
};

TEST_F(HaRestart, stops_and_then_starts_each_on_a_proof_of_its_own) {
    stage.run(4);
    expect_stopped_and_started_once();
    const auto attempts = stage.attempts();
    EXPECT_THAT(attempts, ElementsAre(Field(&Attempt::command, Command::stop_vm),
                                      Field(&Attempt::command, Command::start_vm)));
    EXPECT_NE(attempts.at(0).evidence_id, attempts.at(1).evidence_id);
}

TEST_F(HaRestart, goes_on_when_its_alert_resolves_after_the_stop) {
    stage.run(1);
    ASSERT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    stage.resolve_alert();
    stage.run(4);
    expect_stopped_and_started_once();
}

TEST_F(HaRestart, ends_when_somebody_else_starts_the_vm_after_the_stop) {
    stage.run(1);
    ASSERT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    stage.cloud().ha_starts_on(2);
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::cancelled) << stage.notes();
    EXPECT_THAT(stage.notes(), HasSubstr("somebody else has started the VM"));
    EXPECT_EQ(stage.cloud().start_calls(), 0);
}

TEST_F(HaRestart, ends_when_the_vm_that_somebody_else_started_died_again) {
    stage.run(1);
    ASSERT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    stage.cloud().ha_starts_on(2);
    stage.cloud().destroy_domain();
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::cancelled) << stage.notes();
    EXPECT_EQ(stage.cloud().start_calls(), 0);
}

TEST_F(HaRestart, leaves_a_vm_stopped_that_somebody_stopped_between_the_stages) {
    stage.run(1);
    ASSERT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    stage.cloud().somebody_asks_for("StopVMCmd");
    stage.run(20);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_THAT(stage.journal().evidence(stage.action().id)->back().json,
                HasSubstr("somebody wanted it stopped"));
    EXPECT_EQ(stage.cloud().start_calls(), 0);
}

TEST_F(HaRestart, leaves_a_vm_alone_that_somebody_wanted_stopped_before_it_died) {
    stage.cloud().somebody_asks_for("StopVMCmdByAdmin");
    stage.run(20);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

TEST_F(HaRestart, starts_nothing_that_came_to_life_between_the_stages) {
    stage.run(1);
    ASSERT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    stage.cloud().run_domain_on(2);
    stage.run(20);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_EQ(stage.cloud().start_calls(), 0);
    EXPECT_EQ(stage.cloud().most_alive(), 1);
}

TEST_F(HaRestart, holds_when_the_answer_to_its_stop_was_lost_since_nobody_can_tell_whose_stop_it_was) {
    stage.cloud().set_stop_behaviour(StopBehaviour::lost_after);
    stage.run(60);
    EXPECT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_EQ(stage.cloud().stops_executed(), 1);
    EXPECT_EQ(stage.cloud().start_calls(), 0);
}

TEST_F(HaRestart, finds_out_what_became_of_a_start_whose_answer_was_lost) {
    stage.cloud().set_start_behaviour(StartBehaviour::lost_after);
    stage.run(60);
    expect_stopped_and_started_once();
    EXPECT_EQ(stage.cloud().start_calls(), 1);
}

TEST_F(HaRestart, tries_a_start_again_that_was_refused_and_gives_up_in_the_end) {
    stage.cloud().set_start_behaviour(StartBehaviour::refused);
    stage.run(1000);
    EXPECT_EQ(stage.action().state, ActionState::failed) << stage.notes();
    EXPECT_EQ(stage.cloud().start_calls(), 3);
    EXPECT_EQ(stage.cloud().stops_executed(), 1);
}

TEST_F(HaRestart, believes_no_start_that_only_says_success) {
    stage.cloud().set_start_behaviour(StartBehaviour::only_says_success);
    stage.run(100);
    EXPECT_EQ(stage.action().state, ActionState::unverified) << stage.notes();
    EXPECT_EQ(stage.cloud().start_calls(), 1);
}

TEST_F(HaRestart, starts_nothing_while_a_host_that_could_hold_the_vm_is_silent) {
    stage.run(1);
    ASSERT_EQ(stage.action().stage, Stage::stopped) << stage.notes();
    stage.cloud().silence_host(3);
    stage.run(20);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_THAT(stage.journal().evidence(stage.action().id)->back().json, HasSubstr("h3 has not answered"));
    EXPECT_EQ(stage.cloud().starts_executed(), 0);
}

TEST_F(HaRestart, restarts_nothing_that_has_no_ha) {
    stage.cloud().set_ha(false);
    stage.run(3);
    EXPECT_EQ(stage.action().state, ActionState::held) << stage.notes();
    EXPECT_EQ(stage.cloud().stop_calls(), 0);
}

/// Between CloudStack's answer to the stop and its note in the journal, a crash loses whose stop it was.
void expect_one_stop_and_one_start_or_a_hold(test_support::LoopStage& stage, int write) {
    EXPECT_EQ(stage.cloud().stops_executed(), 1) << "write " << write;
    const auto attempts = stage.attempts();
    if (attempts.back().command == Command::stop_vm && !attempts.back().accepted) {
        EXPECT_EQ(stage.action().state, ActionState::held) << "write " << write << stage.notes();
        EXPECT_EQ(stage.cloud().start_calls(), 0) << "write " << write;
        return;
    }
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << "write " << write << stage.notes();
    EXPECT_EQ(stage.cloud().starts_executed(), 1) << "write " << write;
}

TEST_F(HaRestart, a_crash_at_any_write_leads_to_one_stop_and_at_most_one_start) {
    int write = 1;
    for (bool crashed = true; crashed; ++write) {
        for (const auto moment : {CrashingJournal::Moment::before, CrashingJournal::Moment::after}) {
            test_support::LoopStage again;
            again.cloud().set_ha(true);
            again.deliver_alert(Remedy::ha_restart);
            CrashingJournal journal(again.journal(), write, moment);
            again.run(enough_steps, &journal);
            crashed = journal.crashed();
            again.run(enough_steps);
            expect_one_stop_and_one_start_or_a_hold(again, write);
        }
    }
    EXPECT_GT(write, 14) << "each write of both calls was tried";
}

}  // namespace
}  // namespace controller::loop
