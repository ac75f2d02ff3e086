#include <gtest/gtest.h>

#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

using Moment = test_support::CrashingJournal::Moment;
using StopBehaviour = test_support::FakeCloud::StopBehaviour;

struct Crash {
    int at_write = 1;
    Moment moment = Moment::before;
    StopBehaviour behaviour = StopBehaviour::works;
};

void PrintTo(const Crash& crash, std::ostream* out) {
    *out << "write " << crash.at_write << (crash.moment == Moment::before ? " lost" : " durable")
         << ", behaviour " << static_cast<int>(crash.behaviour);
}

void add_every_write(std::vector<Crash>& crashes, Moment moment, StopBehaviour behaviour) {
    for (int write = 1; write <= 14; ++write) {
        crashes.push_back({.at_write = write, .moment = moment, .behaviour = behaviour});
    }
}

/// Every instant at which the controller can die: before and after each of its writes, with an API that
/// answers, that does the work but whose answer is lost, and whose request is lost.
std::vector<Crash> every_crash() {
    std::vector<Crash> crashes;
    for (const auto behaviour :
         {StopBehaviour::works, StopBehaviour::lost_after, StopBehaviour::lost_before}) {
        for (const auto moment : {Moment::before, Moment::after}) {
            add_every_write(crashes, moment, behaviour);
        }
    }
    return crashes;
}

class CrashAtEveryInstant : public testing::TestWithParam<Crash> {};

TEST_P(CrashAtEveryInstant, ends_in_exactly_one_stop_and_an_outcome) {
    test_support::LoopStage stage;
    stage.cloud().set_stop_behaviour(GetParam().behaviour);
    stage.deliver_alert();
    test_support::CrashingJournal dying(stage.journal(), GetParam().at_write, GetParam().moment);
    stage.run(40, &dying);
    stage.cloud().set_stop_behaviour(StopBehaviour::works);
    stage.run(400);
    EXPECT_EQ(stage.action().state, ActionState::succeeded) << stage.notes();
    EXPECT_EQ(stage.cloud().stops_executed(), 1) << stage.notes();
    const auto attempts = stage.attempts();
    for (const auto& attempt : attempts) {
        EXPECT_TRUE(attempt.outcome.has_value()) << "attempt " << attempt.number;
    }
    EXPECT_LE(stage.cloud().stop_calls(), static_cast<int>(stage.attempts().size()));
}

INSTANTIATE_TEST_SUITE_P(Instants, CrashAtEveryInstant, testing::ValuesIn(every_crash()));

}  // namespace
}  // namespace controller::loop
