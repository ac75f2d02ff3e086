#include "controller/decision/move_outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using inventory::AccountDomainId;
using inventory::AccountId;
using inventory::NetworkId;
using inventory::Owner;
using ::testing::HasSubstr;

constexpr Owner alice{AccountId{5}, AccountDomainId{2}};
constexpr Owner bob{AccountId{6}, AccountDomainId{3}};
const inventory::Time begun{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14}};

inventory::VmOwnership a_vm_of(const Owner& owner) {
    inventory::VmOwnership vm;
    vm.vm = inventory::VmId{41};
    vm.state = inventory::VmState::stopped;
    vm.owner = owner;
    vm.volumes = {{"ROOT-41", owner}};
    vm.nics = {{NetworkId{210}, "network", "Isolated", owner.account, true}};
    return vm;
}

/// alice's VM is to be bob's; the newest event before the try was 7.
MoveWorld a_move() {
    MoveWorld world;
    world.move.emplace();
    world.move->id = 1;
    world.move->target = {"bob", "d-3", {}};
    world.move->from = alice;
    world.move->judged_event = 7;
    world.vm = a_vm_of(alice);
    world.vm->newest_move = inventory::MoveMark{7, true, begun - 1h};
    world.destination.emplace();
    world.destination->owner = bob;
    world.destination->networks = {
        {NetworkId{220}, "bobs", "bob-net", "Isolated", bob.account, 1, true, false}};
    world.lock_wait_timeout = 50s;
    return world;
}

MoveTry lost() {
    return {.intent_at = begun, .answer = {}};
}

MoveTry answered(std::optional<int> code, std::string text = "", inventory::Duration took = 1s) {
    return {.intent_at = begun, .answer = MoveAnswer{code, std::move(text), took}};
}

MoveTry waited_out(MoveTry tried) {
    tried.is_waited_out = true;
    return tried;
}

void ended(MoveWorld& world, bool failed, inventory::Duration after = 2s) {
    world.vm->newest_move = inventory::MoveMark{8, failed, begun + after};
}

TEST(MoveOutcome, nothing_is_concluded_from_a_lost_answer_while_the_call_may_go_on) {
    EXPECT_EQ(judge_try(lost(), a_move()), std::nullopt);
    auto halfway = a_move();
    halfway.vm->owner = bob;
    EXPECT_EQ(judge_try(lost(), halfway), std::nullopt) << "old releases change the owner first";
}

TEST(MoveOutcome, an_older_event_is_not_the_trys) {
    auto world = a_move();
    world.vm->newest_move->event = 7;
    EXPECT_EQ(judge_try(lost(), world), std::nullopt);
}

TEST(MoveOutcome, a_vm_that_is_wholly_the_new_owners_has_been_moved) {
    auto world = a_move();
    world.vm = a_vm_of(bob);
    ended(world, false);
    for (const auto& tried : {lost(), answered(std::nullopt), answered(530, "Failed to move")}) {
        const auto end = judge_try(tried, world);
        ASSERT_TRUE(end);
        EXPECT_EQ(end->outcome, AttemptOutcome::succeeded);
        EXPECT_EQ(end->failure, std::nullopt);
    }
}

TEST(MoveOutcome, the_answer_alone_is_no_outcome) {
    EXPECT_EQ(judge_try(answered(std::nullopt), a_move()), std::nullopt);
    const auto end = judge_try(waited_out(answered(std::nullopt)), a_move());
    ASSERT_TRUE(end);
    EXPECT_EQ(end->outcome, AttemptOutcome::unverified);
}

TEST(MoveOutcome, a_failure_of_an_untouched_vm_is_classified) {
    auto world = a_move();
    ended(world, true);
    EXPECT_EQ(judge_try(answered(530, "Failed to move Instance due to [41].", 51s), world)->failure,
              MoveFailure::transient);
    EXPECT_EQ(judge_try(answered(530, "Failed to move Instance due to [41]."), world)->failure,
              MoveFailure::unknown);
    const auto refused = judge_try(answered(431, "the account is disabled"), world);
    EXPECT_EQ(refused->failure, MoveFailure::permanent);
    EXPECT_EQ(refused->outcome, AttemptOutcome::failed);
    EXPECT_THAT(refused->note, HasSubstr("the account is disabled"));
}

TEST(MoveOutcome, a_lost_answer_is_told_by_the_event_and_how_long_it_took) {
    auto world = a_move();
    ended(world, true, 51s);
    EXPECT_EQ(judge_try(waited_out(lost()), world)->failure, MoveFailure::transient);
    ended(world, true, 2s);
    EXPECT_EQ(judge_try(waited_out(lost()), world)->failure, MoveFailure::unknown);
}

TEST(MoveOutcome, a_failed_event_without_our_answer_may_be_of_somebody_who_tried_by_hand) {
    auto world = a_move();
    ended(world, true, 51s);
    EXPECT_EQ(judge_try(lost(), world), std::nullopt) << "ours may still be at work";
}

TEST(MoveOutcome, what_cloudstack_calls_a_failure_is_no_success_however_whole_the_vm_looks) {
    auto world = a_move();
    world.vm = a_vm_of(bob);
    world.vm->nics = {{NetworkId{300}, "shared", "Shared", AccountId{1}, true}};
    EXPECT_EQ(judge_try(answered(530, "Lock wait timeout exceeded", 51s), world), std::nullopt)
        << "no event yet";
    ended(world, true);
    const auto end = judge_try(answered(530, "Lock wait timeout exceeded", 51s), world);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->outcome, AttemptOutcome::unverified);
    EXPECT_THAT(end->note, HasSubstr("look at its NICs"));
}

TEST(MoveOutcome, throttling_passes_by_itself) {
    EXPECT_EQ(judge_try(answered(429, "too many requests"), a_move())->failure, MoveFailure::transient);
}

TEST(MoveOutcome, what_is_turned_away_writes_no_event_and_is_over_all_the_same) {
    const auto end = judge_try(answered(401, "unable to verify user credentials"), a_move());
    ASSERT_TRUE(end);
    EXPECT_EQ(end->outcome, AttemptOutcome::failed);
    EXPECT_EQ(end->failure, MoveFailure::permanent);
}

TEST(MoveOutcome, an_unexpected_error_waits_for_its_event) {
    EXPECT_EQ(judge_try(answered(530, ""), a_move()), std::nullopt);
    EXPECT_EQ(
        judge_try(waited_out(answered(530, "Deadlock found when trying to get lock")), a_move())->failure,
        MoveFailure::transient);
}

TEST(MoveOutcome, no_event_for_a_long_time_is_unverified_and_never_a_reason_to_try_again) {
    const auto end = judge_try(waited_out(lost()), a_move());
    ASSERT_TRUE(end);
    EXPECT_EQ(end->outcome, AttemptOutcome::unverified);
}

TEST(MoveOutcome, a_move_in_pieces_fails_with_what_is_missing) {
    auto world = a_move();
    world.vm = a_vm_of(bob);
    world.vm->nics.clear();
    ended(world, true);
    const auto end = judge_try(answered(530, "Lock wait timeout exceeded", 51s), world);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->outcome, AttemptOutcome::failed);
    EXPECT_EQ(end->failure, MoveFailure::partial) << "however transient its cause";
    EXPECT_THAT(end->note, HasSubstr("no live NIC"));
}

TEST(MoveOutcome, an_event_that_contradicts_the_world_is_unverified) {
    auto world = a_move();
    ended(world, false);
    EXPECT_EQ(judge_try(lost(), world), std::nullopt);
    EXPECT_EQ(judge_try(answered(std::nullopt), world)->outcome, AttemptOutcome::unverified);
    EXPECT_EQ(judge_try(waited_out(lost()), world)->outcome, AttemptOutcome::unverified);
}

TEST(MoveOutcome, what_cannot_be_read_stays_open) {
    auto world = a_move();
    world.vm.reset();
    EXPECT_EQ(judge_try(answered(530, ""), world), std::nullopt);
    EXPECT_EQ(judge_try(waited_out(lost()), world)->outcome, AttemptOutcome::unverified);
}

TEST(MoveOutcome, a_missing_sequence_row_explains_a_failure_without_a_cause) {
    auto world = a_move();
    ended(world, true);
    world.destination->networks.front().next_mac.reset();
    EXPECT_EQ(judge_try(answered(530, "Failed to move Instance due to [41]."), world)->failure,
              MoveFailure::transient);
}

}  // namespace
}  // namespace controller::decision
