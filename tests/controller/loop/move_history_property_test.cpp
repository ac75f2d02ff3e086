#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"
#include "tests/support/worlds_dice.hpp"

/// The laws of a move between accounts over random histories: whatever happens to the VM, to its owner, to
/// the answers and to the process, in whatever order.
namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using support::Dice;
using test_support::CrashingJournal;
using test_support::FakeCloud;
using test_support::LoopStage;
using Behaviour = FakeCloud::MoveBehaviour;

constexpr int moments = 14;
constexpr inventory::Owner alice{inventory::AccountId{5}, inventory::AccountDomainId{2}};

void ask(LoopStage& stage) {
    ASSERT_TRUE(stage.moves().file({.batch = "",
                                    .vm_uuid = FakeCloud::vm_uuid,
                                    .target = {"bob", "d-3", {}},
                                    .from = alice,
                                    .requested_by = "eve",
                                    .reason = "sold",
                                    .again = false},
                                   stage.now()));
}

using Turn = void (*)(LoopStage&, Dice&);

void run(LoopStage& stage, Dice& dice) {
    stage.run(static_cast<int>(dice.roll(6)) + 1);
}

void crash(LoopStage& stage, Dice& dice) {
    const auto moment = dice.one_of({CrashingJournal::Moment::before, CrashingJournal::Moment::after});
    CrashingJournal dying(stage.journal(), static_cast<int>(dice.roll(12)) + 1, moment);
    stage.run(static_cast<int>(dice.roll(6)) + 1, &dying);
}

void move_behaves(LoopStage& stage, Dice& dice) {
    stage.cloud().set_move_behaviour(
        dice.one_of({Behaviour::works, Behaviour::waits_for_a_lock, Behaviour::is_refused,
                     Behaviour::loses_the_answer, Behaviour::loses_the_request, Behaviour::leaves_pieces,
                     Behaviour::only_says_success, Behaviour::goes_on, Behaviour::goes_on}));
}

/// Somebody tries by hand and fails, most likely while a call of ours goes on that nobody hears of any more.
void somebody_tries_too(LoopStage& stage, Dice& dice) {
    stage.cloud().set_move_behaviour(Behaviour::goes_on);
    run(stage, dice);
    stage.cloud().somebody_fails_to_move_it();
    run(stage, dice);
    stage.pass(dice.one_of<inventory::Duration>({1s, 5min, 6min}));
    run(stage, dice);
}

constexpr std::array turns{
    run,
    run,
    run,
    crash,
    crash,
    move_behaves,
    move_behaves,
    Turn{[](LoopStage& stage, Dice&) {
        const auto newest = stage.moves().newest_on(FakeCloud::vm_uuid).value();
        if (!newest || is_final(newest->state)) {
            ask(stage);
        }
    }},
    // The desk declines while a move is open. Two who ask at once may pass it both.
    Turn{[](LoopStage& stage, Dice& dice) {
        if (dice.one_in(3)) {
            ask(stage);
        }
    }},
    somebody_tries_too,
    Turn{[](LoopStage& stage, Dice&) { stage.deliver_alert(Remedy::reassign_retry); }},
    Turn{[](LoopStage& stage, Dice& dice) {
        if (dice.one_in(4)) {
            stage.resolve_alert();
        }
    }},
    Turn{[](LoopStage& stage, Dice& dice) {
        if (dice.one_in(6)) {
            stage.cloud().somebody_moves_it(dice.one_in(2));
        }
    }},
    Turn{[](LoopStage& stage, Dice& dice) {
        if (dice.one_in(6)) {
            stage.cloud().ha_starts_on(dice.roll(3) + 1);
        }
    }},
    Turn{[](LoopStage& stage, Dice& dice) {
        stage.cloud().set_sequence_waiters(dice.one_of<std::optional<std::size_t>>({0, 0, 1, std::nullopt}));
    }},
    Turn{[](LoopStage& stage, Dice& dice) { stage.cloud().silence_host(dice.roll(3) + 1); }},
    Turn{[](LoopStage& stage, Dice& dice) { stage.cloud().wake_host(dice.roll(3) + 1); }},
    Turn{[](LoopStage& stage, Dice& dice) { stage.cloud().set_read_failure(dice.one_in(3)); }},
    Turn{[](LoopStage& stage, Dice& dice) {
        stage.pass(dice.one_of<inventory::Duration>({1s, 20s, 5min, 2h}));
    }},
};

void expect_laws(LoopStage& stage) {
    const auto attempts = stage.attempts();
    EXPECT_EQ(stage.cloud().moves_of_what_is_not_to_be_moved(), 0);
    EXPECT_LE(stage.cloud().moves_called(), static_cast<int>(attempts.size()));
    const bool has_succeeded = std::ranges::count(attempts, AttemptOutcome::succeeded, &Attempt::outcome) > 0;
    EXPECT_FALSE(has_succeeded && stage.cloud().ownership().owner == alice)
        << "CloudStack's word was taken for it";
    for (std::size_t i = 1; i < attempts.size(); ++i) {
        const auto& earlier = attempts[i - 1];
        const auto& later = attempts[i];
        EXPECT_TRUE(earlier.ended_at && *earlier.ended_at <= later.intent_at)
            << "attempt " << later.id << " began before it was known how " << earlier.id << " ended";
        EXPECT_FALSE(earlier.action_id == later.action_id && earlier.outcome == AttemptOutcome::unverified)
            << "tried again without knowing, and without being asked anew";
    }
}

/// All is well again, for longer than a lost call of ours may take.
void calm_down(LoopStage& stage) {
    for (std::uint64_t host = 1; host <= 3; ++host) {
        stage.cloud().wake_host(host);
    }
    stage.cloud().set_read_failure(false);
    stage.cloud().set_sequence_waiters(0);
    stage.cloud().set_move_behaviour(Behaviour::works);
    stage.run(5);
    stage.pass(15min);
    stage.run(60);
}

/// How many calls of ours there were.
int play(Dice dice) {
    LoopStage stage;
    stage.cloud().prepare_move(dice.one_in(2) ? Behaviour::waits_for_a_lock : Behaviour::works);
    ask(stage);
    for (int moment = 0; moment < moments && !::testing::Test::HasFailure(); ++moment) {
        dice.any(turns)(stage, dice);
        expect_laws(stage);
    }
    calm_down(stage);
    expect_laws(stage);
    for (const auto& attempt : stage.attempts()) {
        EXPECT_TRUE(attempt.outcome.has_value()) << "attempt " << attempt.id << " is open for ever";
    }
    EXPECT_FALSE(::testing::Test::HasFailure()) << stage.notes();
    return stage.cloud().moves_called();
}

TEST(MoveHistory, never_touches_a_vm_that_is_not_wholly_its_old_owners_nor_tries_again_without_knowing) {
    constexpr std::uint64_t runs_in_dev = 300;
    const auto seed = support::first_seed();
    const auto runs = support::property_runs(runs_in_dev);
    std::uint64_t moved = 0;
    std::uint64_t retried = 0;
    for (auto number = seed; number < seed + runs; ++number) {
        const auto calls = play(Dice{number});
        moved += calls > 0 ? 1U : 0U;
        retried += calls > 1 ? 1U : 0U;
        ASSERT_FALSE(::testing::Test::HasFailure())
            << "WARDEN_PROPERTY_SEED=" << number << " WARDEN_PROPERTY_RUNS=1";
    }
    EXPECT_TRUE(moved > runs / 3 || runs < 100) << "too few histories move: " << moved;
    EXPECT_TRUE(retried > runs / 20 || runs < 100) << "too few histories try again: " << retried;
}

}  // namespace
}  // namespace controller::loop
