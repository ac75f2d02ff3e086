#include <array>

#include <gtest/gtest.h>

#include "controller/json/bounded_json.hpp"
#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"
#include "tests/support/worlds_dice.hpp"

/// The laws of a restart over random histories: whatever happens to the cloud, to the answers and to the
/// process, in whatever order.
namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using support::Dice;
using test_support::CrashingJournal;
using test_support::LoopStage;
using StartBehaviour = test_support::FakeCloud::StartBehaviour;
using StopBehaviour = test_support::FakeCloud::StopBehaviour;

constexpr int moments = 14;

/// One history under way.
struct History {
    LoopStage stage;
    std::optional<int> starts_when_unwanted;  ///< calls of start when somebody wanted the VM off

    History() {
        stage.cloud().set_ha(true);
        stage.deliver_alert(Remedy::ha_restart);
    }
};

using Turn = void (*)(History&, Dice&);

void run(History& history, Dice& dice) {
    history.stage.run(static_cast<int>(dice.roll(6)) + 1);
}

void crash(History& history, Dice& dice) {
    const auto moment = dice.one_of({CrashingJournal::Moment::before, CrashingJournal::Moment::after});
    CrashingJournal dying(history.stage.journal(), static_cast<int>(dice.roll(12)) + 1, moment);
    history.stage.run(static_cast<int>(dice.roll(6)) + 1, &dying);
}

/// CloudStack's HA restarts what it holds for Stopped. It does not look for a second copy; here it finds
/// none.
void ha_starts(History& history, Dice& dice) {
    auto& cloud = history.stage.cloud();
    if (cloud.recorded() == inventory::VmState::stopped && cloud.alive() == 0) {
        cloud.ha_starts_on(dice.roll(3) + 1);
    }
}

void somebody_wants_it_off(History& history, Dice& dice) {
    if (!dice.one_in(3)) {
        return;
    }
    history.stage.cloud().somebody_asks_for(
        dice.one_of<std::string>({"StopVMCmd", "StopVMCmdByAdmin", "DestroyVMCmd"}));
    if (!history.starts_when_unwanted) {
        history.starts_when_unwanted = history.stage.cloud().start_calls();
    }
}

void domain_appears(History& history, Dice& dice) {
    if (dice.one_in(3)) {
        history.stage.cloud().run_domain_on(dice.roll(3) + 1);
    }
}

void stop_behaves(History& history, Dice& dice) {
    history.stage.cloud().set_stop_behaviour(
        dice.one_of({StopBehaviour::works, StopBehaviour::works, StopBehaviour::lost_after,
                     StopBehaviour::lost_before, StopBehaviour::fails_unexpectedly, StopBehaviour::not_sent,
                     StopBehaviour::refused, StopBehaviour::only_says_success}));
}

void start_behaves(History& history, Dice& dice) {
    history.stage.cloud().set_start_behaviour(
        dice.one_of({StartBehaviour::works, StartBehaviour::lost_after, StartBehaviour::lost_before,
                     StartBehaviour::fails_unexpectedly, StartBehaviour::not_sent, StartBehaviour::refused,
                     StartBehaviour::job_fails, StartBehaviour::only_says_success}));
}

constexpr std::array turns{
    run,
    run,
    run,
    crash,
    crash,
    ha_starts,
    somebody_wants_it_off,
    domain_appears,
    stop_behaves,
    start_behaves,
    Turn{[](History& history, Dice&) { history.stage.deliver_alert(Remedy::ha_restart); }},
    Turn{[](History& history, Dice& dice) {
        if (dice.one_in(4)) {
            history.stage.resolve_alert();
        }
    }},
    Turn{[](History& history, Dice& dice) { history.stage.cloud().silence_host(dice.roll(3) + 1); }},
    Turn{[](History& history, Dice& dice) { history.stage.cloud().wake_host(dice.roll(3) + 1); }},
    Turn{[](History& history, Dice& dice) { history.stage.cloud().wake_host(dice.roll(3) + 1); }},
    Turn{[](History& history, Dice&) { history.stage.cloud().destroy_domain(); }},
    Turn{[](History& history, Dice& dice) { history.stage.cloud().set_read_failure(dice.one_in(3)); }},
    Turn{[](History& history, Dice& dice) {
        history.stage.pass(dice.one_of<inventory::Duration>({1s, 20s, 5min, 2h}));
    }},
};

int attempts_at(const std::vector<Attempt>& attempts, Command command) {
    return static_cast<int>(std::ranges::count(attempts, command, &Attempt::command));
}

int succeeded(const std::vector<Attempt>& attempts, Command command) {
    return static_cast<int>(std::ranges::count_if(attempts, [command](const Attempt& attempt) {
        return attempt.command == command && attempt.outcome == AttemptOutcome::succeeded;
    }));
}

/// The second decision that the attempt names: it let the call pass, and every host that could hold the VM
/// had answered without a live domain of it.
void expect_proof(LoopStage& stage, const Attempt& attempt) {
    const auto json = stage.journal().evidence_by_id(attempt.evidence_id);
    ASSERT_TRUE(json) << "attempt " << attempt.id;
    const auto proof = parse_bounded_json(*json, 16);
    ASSERT_TRUE(proof) << *json;
    EXPECT_EQ(proof->at("acts"), true);
    const auto& world = proof->at("world");
    EXPECT_EQ(world.at("fresh"), true);
    EXPECT_EQ(world.at("candidates").size(), 3U);
    for (const auto& host : world.at("candidates")) {
        EXPECT_TRUE(host.at("answered") == true && host.at("domain").is_null()) << host;
    }
}

void expect_laws(History& history) {
    auto& stage = history.stage;
    EXPECT_EQ(stage.cloud().starts_over_life(), 0) << "a second domain, through us";
    const auto attempts = stage.attempts();
    EXPECT_LE(stage.cloud().stop_calls(), attempts_at(attempts, Command::stop_vm));
    EXPECT_LE(stage.cloud().start_calls(), attempts_at(attempts, Command::start_vm));
    EXPECT_LE(succeeded(attempts, Command::stop_vm), stage.cloud().stops_executed())
        << "CloudStack's word was taken for it";
    bool stopped = false;
    for (const auto& attempt : attempts) {
        EXPECT_TRUE(attempt.command == Command::stop_vm || stopped) << "a start before our stop came true";
        stopped = stopped || attempt.outcome == AttemptOutcome::succeeded;
    }
    if (history.starts_when_unwanted) {
        EXPECT_EQ(stage.cloud().start_calls(), *history.starts_when_unwanted) << "against somebody's wish";
    }
}

/// All is well with the cloud again, for longer than any request of ours is good for.
void calm_down(LoopStage& stage) {
    for (std::uint64_t host = 1; host <= 3; ++host) {
        stage.cloud().wake_host(host);
    }
    stage.cloud().set_read_failure(false);
    stage.cloud().set_stop_behaviour(StopBehaviour::works);
    stage.cloud().set_start_behaviour(StartBehaviour::works);
    stage.run(60);
}

/// How many starts of ours ran in it.
int play(Dice dice) {
    History history;
    for (int moment = 0; moment < moments && !::testing::Test::HasFailure(); ++moment) {
        dice.any(turns)(history, dice);
        expect_laws(history);
    }
    calm_down(history.stage);
    expect_laws(history);
    const auto attempts = history.stage.attempts();
    for (const auto& attempt : attempts) {
        EXPECT_TRUE(attempt.outcome.has_value()) << "attempt " << attempt.id << " is open for ever";
        expect_proof(history.stage, attempt);
    }
    EXPECT_FALSE(::testing::Test::HasFailure()) << history.stage.notes();
    return history.stage.cloud().starts_executed();
}

TEST(RestartHistory, never_makes_two_of_one_and_never_starts_without_proof_or_against_a_wish) {
    constexpr std::uint64_t runs_in_dev = 400;
    const auto seed = support::first_seed();
    const auto runs = support::property_runs(runs_in_dev);
    std::uint64_t restarted = 0;
    for (auto number = seed; number < seed + runs; ++number) {
        restarted += play(Dice{number}) > 0 ? 1U : 0U;
        ASSERT_FALSE(::testing::Test::HasFailure())
            << "WARDEN_PROPERTY_SEED=" << number << " WARDEN_PROPERTY_RUNS=1";
    }
    EXPECT_TRUE(restarted > runs / 20 || runs < 100) << "too few histories restart: " << restarted;
}

}  // namespace
}  // namespace controller::loop
