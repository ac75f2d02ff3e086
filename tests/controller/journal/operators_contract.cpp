#include "tests/controller/journal/operators_contract.hpp"

#include <gmock/gmock.h>

namespace controller::journal {
namespace {

using namespace std::chrono_literals;
using inventory::Time;
using testing::HasSubstr;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OperatorsContract);

const Time now = Time{1'800'000'000s} + 123'456us;
const std::string vm = "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69";
const Labels labels{{"alertname", "VMStopped"}, {"vm_id", vm}, {"zone", "Zürich \" \\ ?"}};

Word word(Time at = now) {
    return {"alice", "storage is \"replaced\" until ? o'clock", at};
}

Pause pause_of(PauseScope scope, const std::string& subject, Time until = now + 1h) {
    return {.scope = scope, .subject = subject, .word = word(), .until = until, .ended = {}};
}

}  // namespace

Action OperatorsContract::received(const std::string& fingerprint) {
    const Alert alert{.firing = true, .fingerprint = fingerprint, .starts_at = now - 1min, .labels = labels};
    EXPECT_EQ(both_.journal->receive(alert, Remedy::stop_sync, now), Reception::created);
    return both_.journal->list({})->front();
}

Action OperatorsContract::spend_attempt(const Action& action) {
    const auto decided = *both_.journal->advance(action, ActionState::decided, "", now);
    const auto attempt = *begin_attempt(decided);
    EXPECT_TRUE(both_.journal->end_attempt(
        attempt, {.outcome = AttemptOutcome::not_sent, .to = ActionState::held, .note = "not sent"}, now));
    return now_of(action);
}

inventory::Result<Attempt> OperatorsContract::begin_attempt(const Action& action) {
    const auto evidence =
        both_.journal->keep_evidence(action.id, {.at = now, .kind = "second_decision", .json = "{}"});
    return both_.journal->begin_attempt(
        action, {.evidence_id = *evidence, .judged_update_count = 7, .expires_at = now + 60s}, now);
}

OperatorsWord OperatorsContract::word_on(const Action& action, Time at) {
    const auto found = operators_.words_on(action, at);
    EXPECT_TRUE(found) << found.error().message;
    const auto on_all = operators_.words_on_open_actions(at);
    EXPECT_TRUE(on_all) << on_all.error().message;
    const auto word = found ? found->on(action) : OperatorsWord{};
    const auto stands = both_.journal->find(action.id);
    if (on_all && stands && *stands && !is_final((*stands)->state)) {
        EXPECT_EQ(on_all->on(action), word) << "asked for all at once, it is the same";
    }
    return word;
}

namespace {

TEST_P(OperatorsContract, says_nothing_when_nobody_said_anything) {
    const OperatorsWord nothing{
        .pauses = {}, .approvals = {}, .lifts = {}, .acknowledgement = {}, .labels = labels};
    EXPECT_EQ(word_on(received(), now), nothing);
    EXPECT_EQ(word_on(Action{}, now), OperatorsWord{})
        << "the labels of an action that is not there are unknown";
    EXPECT_TRUE(operators_.pauses({})->empty());
}

TEST_P(OperatorsContract, keeps_a_pause_until_its_end) {
    const auto action = received();
    const auto paused = operators_.pause(pause_of(PauseScope::zone, "Zürich"));
    ASSERT_TRUE(paused);
    auto expected = pause_of(PauseScope::zone, "Zürich");
    expected.id = paused->id;
    EXPECT_EQ(*paused, expected);
    EXPECT_EQ(word_on(action, now).pauses, std::vector<Pause>{expected});
    EXPECT_EQ(word_on(action, now + 1h - 1us).pauses.size(), 1U);
    EXPECT_TRUE(word_on(action, now + 1h).pauses.empty());
    EXPECT_EQ(operators_.pauses({})->size(), 1U) << "what is over is kept";
    EXPECT_TRUE(operators_.pauses({.in_force_at = now + 1h})->empty());
}

TEST_P(OperatorsContract, ends_a_pause_once_and_remembers_who_did) {
    const auto action = received();
    const auto paused = *operators_.pause(pause_of(PauseScope::all, ""));
    const Word end{"bob", "storage is back", now + 5min};
    const auto ended = operators_.end_pause(paused.id, end);
    ASSERT_TRUE(ended && *ended);
    EXPECT_EQ((*ended)->ended, end);
    EXPECT_EQ((*ended)->word, paused.word);
    EXPECT_TRUE(word_on(action, now).pauses.empty());
    EXPECT_FALSE(operators_.end_pause(paused.id, word()).value());
    EXPECT_FALSE(operators_.end_pause(paused.id + 1, word()).value());
    EXPECT_EQ(operators_.pauses({})->front().ended, end);
}

TEST_P(OperatorsContract, lists_the_newest_pauses_first_and_judges_on_all_of_them) {
    const auto action = received();
    for (const auto scope : all_pause_scopes) {
        ASSERT_TRUE(operators_.pause(pause_of(scope, scope == PauseScope::all ? "" : "x")));
    }
    EXPECT_EQ(word_on(action, now).pauses.size(), all_pause_scopes.size());
    const auto newest = *operators_.pauses({.limit = 2});
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest.front().scope, PauseScope::vm);
    EXPECT_EQ(newest.back().scope, PauseScope::account);
}

TEST_P(OperatorsContract, approves_the_next_attempt_and_no_other) {
    const auto action = received();
    const auto first = operators_.approve(action, word(), now + 10min);
    ASSERT_TRUE(first);
    const Approval expected{.id = first->id,
                            .action_id = action.id,
                            .attempt_number = 1,
                            .word = word(),
                            .expires_at = now + 10min};
    EXPECT_EQ(*first, expected);
    const auto later = spend_attempt(action);
    EXPECT_EQ(word_on(later, now).approvals, std::vector<Approval>{expected})
        << "for the first attempt still";
    EXPECT_EQ(operators_.approve(later, word(), now + 10min)->attempt_number, 2U);
    EXPECT_TRUE(word_on(later, now + 10min).approvals.empty());
    EXPECT_TRUE(word_on(received("ff"), now).approvals.empty()) << "another action's";
}

TEST_P(OperatorsContract, notes_a_word_on_an_action_as_a_step_of_its_life) {
    const auto action = received();
    ASSERT_TRUE(operators_.approve(action, word(now + 1s), now + 10min));
    ASSERT_TRUE(operators_.lift(action, "window", word(now + 2s), now + 10min));
    const auto steps = *both_.journal->steps(action.id);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps.at(1).at, now + 1s);
    EXPECT_EQ(steps.at(1).state, ActionState::received);
    EXPECT_THAT(steps.at(1).note, HasSubstr("attempt 1 approved until"));
    EXPECT_THAT(steps.at(1).note, HasSubstr("by alice: storage"));
    EXPECT_THAT(steps.at(2).note, HasSubstr("guard window lifted until"));
    EXPECT_EQ(now_of(action), action) << "the loop's own step is not disturbed";
}

TEST_P(OperatorsContract, lifts_a_guard_for_one_action) {
    const auto action = received();
    const auto other = received("ff");
    const auto lifted = operators_.lift(action, "window", word(), now + 10min);
    ASSERT_TRUE(lifted);
    const Lift expected{
        .id = lifted->id, .action_id = action.id, .guard = "window", .word = word(), .until = now + 10min};
    EXPECT_EQ(word_on(action, now).lifts, std::vector<Lift>{expected});
    EXPECT_TRUE(word_on(action, now + 10min).lifts.empty());
    EXPECT_TRUE(word_on(other, now).lifts.empty());
}

TEST_P(OperatorsContract, says_the_newest_acknowledgement_of_the_past) {
    const auto action = received();
    for (const auto at : {now - 1h, now - 1min, now - 2h, now + 1h}) {
        ASSERT_TRUE(operators_.acknowledge(vm, word(at)));
    }
    ASSERT_TRUE(operators_.acknowledge("00000000-0c4a-4f0e-9a34-1f2d3c4b5a69", word(now)));
    const auto found = word_on(action, now).acknowledgement;
    ASSERT_TRUE(found);
    EXPECT_EQ(found->vm_uuid, vm);
    EXPECT_EQ(found->word, word(now - 1min));
    EXPECT_EQ(word_on(action, now + 2h).acknowledgement->word, word(now + 1h));
}

TEST_P(OperatorsContract, cancels_what_waits) {
    const auto action = received();
    const auto cancelled = operators_.cancel(action, word(now + 1s));
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->state, ActionState::cancelled);
    EXPECT_EQ(*cancelled, now_of(action));
    EXPECT_THAT(both_.journal->steps(action.id)->back().note, HasSubstr("cancelled by alice: storage"));
    EXPECT_FALSE(operators_.cancel(*cancelled, word()));
    EXPECT_FALSE(operators_.cancel(action, word())) << "it has moved on since it was read";
}

TEST_P(OperatorsContract, has_no_say_in_what_is_under_way_or_over) {
    const auto decided = *both_.journal->advance(received(), ActionState::decided, "", now);
    ASSERT_TRUE(begin_attempt(decided));
    EXPECT_FALSE(operators_.cancel(now_of(decided), word()));
    EXPECT_FALSE(operators_.cancel(decided, word()));
    EXPECT_FALSE(operators_.approve(decided, word(), now + 1min));
    EXPECT_FALSE(operators_.lift(decided, "window", word(), now + 1min));
    EXPECT_EQ(now_of(decided).state, ActionState::intent);
    EXPECT_TRUE(word_on(decided, now).lifts.empty());
}

TEST_P(OperatorsContract, takes_no_word_without_who_why_and_until_when) {
    const auto action = received();
    for (const auto& incomplete :
         {Word{"", "why", now}, Word{"alice", " \n", now}, Word{std::string(256, 'x'), "why", now}}) {
        EXPECT_FALSE(operators_.acknowledge(vm, incomplete));
        EXPECT_FALSE(operators_.cancel(action, incomplete));
        EXPECT_FALSE(operators_.approve(action, incomplete, now + 1min));
        EXPECT_FALSE(operators_.end_pause(1, incomplete));
    }
    for (const auto until : {now, now - 1s, now + 24h * 400}) {
        EXPECT_FALSE(operators_.pause(pause_of(PauseScope::all, "", until)));
        EXPECT_FALSE(operators_.approve(action, word(), until));
        const auto lifted = operators_.lift(action, "window", word(), until);
        ASSERT_FALSE(lifted);
        EXPECT_FALSE(lifted.error().retryable);
    }
    EXPECT_TRUE(operators_.pauses({})->empty());
    EXPECT_EQ(both_.journal->steps(action.id)->size(), 1U);
}

}  // namespace
}  // namespace controller::journal
