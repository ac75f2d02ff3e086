#include "controller/model/action.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace controller {
namespace {

const std::vector<ActionState> all_states{
    ActionState::received, ActionState::held,       ActionState::observed,  ActionState::decided,
    ActionState::intent,   ActionState::executing,  ActionState::verifying, ActionState::succeeded,
    ActionState::failed,   ActionState::unverified, ActionState::cancelled,
};

TEST(ActionState, has_a_word_that_reads_back) {
    for (const auto state : all_states) {
        EXPECT_FALSE(to_word(state).empty());
        EXPECT_EQ(parse_action_state(to_word(state)), state);
    }
    EXPECT_EQ(parse_action_state("Received"), std::nullopt);
}

TEST(ActionState, is_waiting_or_under_way_or_final_and_only_one_of_them) {
    for (const auto state : all_states) {
        EXPECT_EQ(1, int{is_waiting(state)} + int{is_under_way(state)} + int{is_final(state)})
            << to_word(state);
    }
}

TEST(ActionState, that_is_final_never_changes_again) {
    for (const auto from : all_states) {
        for (const auto to : all_states) {
            EXPECT_FALSE(is_final(from) && may_follow(from, to)) << to_word(from) << " -> " << to_word(to);
        }
    }
}

TEST(ActionState, reaches_the_intent_only_from_a_decision) {
    for (const auto from : all_states) {
        EXPECT_EQ(may_follow(from, ActionState::intent), from == ActionState::decided) << to_word(from);
    }
}

TEST(ActionState, succeeds_only_after_verifying) {
    for (const auto from : all_states) {
        EXPECT_EQ(may_follow(from, ActionState::succeeded), from == ActionState::verifying) << to_word(from);
    }
}

TEST(ActionState, is_cancelled_only_while_it_waits) {
    for (const auto from : all_states) {
        EXPECT_EQ(may_follow(from, ActionState::cancelled), is_waiting(from)) << to_word(from);
    }
}

TEST(ActionState, is_never_received_twice) {
    for (const auto from : all_states) {
        EXPECT_FALSE(may_follow(from, ActionState::received)) << to_word(from);
    }
}

TEST(ActionState, is_judged_again_back_and_forth) {
    EXPECT_TRUE(may_follow(ActionState::received, ActionState::held));
    EXPECT_TRUE(may_follow(ActionState::held, ActionState::held));
    EXPECT_TRUE(may_follow(ActionState::held, ActionState::observed));
    EXPECT_TRUE(may_follow(ActionState::observed, ActionState::decided));
    EXPECT_TRUE(may_follow(ActionState::held, ActionState::awaiting_approval));
    EXPECT_TRUE(may_follow(ActionState::awaiting_approval, ActionState::held));
    EXPECT_TRUE(may_follow(ActionState::awaiting_approval, ActionState::decided));
    EXPECT_TRUE(may_follow(ActionState::awaiting_approval, ActionState::cancelled));
    EXPECT_FALSE(may_follow(ActionState::awaiting_approval, ActionState::intent));
    EXPECT_FALSE(may_follow(ActionState::awaiting_approval, ActionState::awaiting_approval));
    EXPECT_TRUE(may_follow(ActionState::decided, ActionState::held));
    EXPECT_FALSE(may_follow(ActionState::decided, ActionState::decided));
}

TEST(ActionState, goes_back_to_held_after_a_failed_attempt) {
    EXPECT_TRUE(may_follow(ActionState::intent, ActionState::held));
    EXPECT_TRUE(may_follow(ActionState::executing, ActionState::held));
    EXPECT_TRUE(may_follow(ActionState::verifying, ActionState::held));
}

TEST(AttemptOutcome, has_a_word_that_reads_back) {
    for (const auto outcome : {AttemptOutcome::succeeded, AttemptOutcome::failed, AttemptOutcome::not_sent,
                               AttemptOutcome::unverified}) {
        EXPECT_EQ(parse_attempt_outcome(to_word(outcome)), outcome);
    }
    EXPECT_EQ(parse_attempt_outcome(""), std::nullopt);
}

TEST(Remedy, has_a_word_that_reads_back) {
    for (const auto remedy : all_remedies) {
        EXPECT_EQ(parse_remedy(to_word(remedy)), remedy);
    }
    EXPECT_EQ(parse_remedy("reboot_everything"), std::nullopt);
}

TEST(Mode, is_written_as_in_the_configuration) {
    EXPECT_EQ(to_word(Mode::automatic), "auto");
    EXPECT_EQ(parse_mode("observe"), Mode::observe);
    EXPECT_EQ(parse_mode("off"), Mode::off);
    EXPECT_EQ(parse_mode("approve"), Mode::approve);
    EXPECT_EQ(parse_mode("automatic"), std::nullopt);
}

}  // namespace
}  // namespace controller
