#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using test_support::CrashingJournal;
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
    (void)stage.cloud().start_virtual_machine("", stage.now() + 1min);
    stage.run(2);
    EXPECT_EQ(stage.action().state, ActionState::cancelled) << stage.notes();
    EXPECT_THAT(stage.notes(), HasSubstr("somebody else has started the VM"));
    EXPECT_EQ(stage.cloud().starts_executed(), 1) << "theirs";
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

TEST_F(HaRestart, a_crash_at_any_write_leads_to_one_stop_and_one_start) {
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
            EXPECT_EQ(again.action().state, ActionState::succeeded) << "write " << write << again.notes();
            EXPECT_EQ(again.cloud().stops_executed(), 1) << "write " << write;
            EXPECT_EQ(again.cloud().starts_executed(), 1) << "write " << write;
        }
    }
    EXPECT_GT(write, 14) << "each write of both calls was tried";
}

}  // namespace
}  // namespace controller::loop
