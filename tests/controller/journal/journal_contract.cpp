#include "tests/controller/journal/journal_contract.hpp"

#include <atomic>
#include <thread>

namespace controller::journal {
namespace {

using namespace std::chrono_literals;
using inventory::Time;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(JournalContract);

const Time now = Time{1'800'000'000s} + 123'456us;
const std::string vm = "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69";
const std::string other_vm = "00000000-0c4a-4f0e-9a34-1f2d3c4b5a69";

Alert alert(const std::string& fingerprint = "0123456789abcdef", const std::string& vm_id = vm) {
    return {.firing = true,
            .fingerprint = fingerprint,
            .starts_at = now - 1min,
            .labels = {{"alertname", "VMStopped"}, {"vm_id", vm_id}}};
}

}  // namespace

/// The intent of an action whose second decision has just been kept.
Intent JournalContract::intent(const Action& action, std::uint64_t judged_update_count) {
    const auto kept = journal_->keep_evidence(action.id, {now, "second_decision", "{}"});
    EXPECT_TRUE(kept);
    return {.command = Command::stop_vm,
            .evidence_id = kept.value_or(0),
            .judged_update_count = judged_update_count,
            .expires_at = now + 60s};
}

Action JournalContract::received(const Alert& alert) {
    EXPECT_EQ(journal_->receive(alert, Remedy::stop_sync, now), Reception::created);
    return journal_->list({})->front();
}

Action JournalContract::decided(const Alert& alert) {
    return *journal_->advance(received(alert), ActionState::decided, "every guard passes", now);
}

namespace {

TEST_P(JournalContract, keeps_an_alert_as_an_action) {
    const auto action = received(alert());
    const Action expected{.id = action.id,
                          .remedy = Remedy::stop_sync,
                          .alert_name = "VMStopped",
                          .fingerprint = "0123456789abcdef",
                          .starts_at = now - 1min,
                          .vm_uuid = vm,
                          .state = ActionState::received,
                          .state_since = now,
                          .version = action.version};
    EXPECT_EQ(action, expected);
    EXPECT_EQ(journal_->find(action.id)->value(), expected);
    EXPECT_EQ(journal_->steps(action.id)->front(), (Step{now, ActionState::received, "alert received"}));
    EXPECT_FALSE(journal_->find(action.id + 1)->has_value());
}

TEST_P(JournalContract, takes_an_alert_in_once) {
    received(alert());
    EXPECT_EQ(journal_->receive(alert(), Remedy::stop_sync, now + 1h), Reception::duplicate);
    EXPECT_EQ(journal_->list({})->size(), 1U);
    auto later = alert();
    later.starts_at += 1us;
    EXPECT_EQ(journal_->receive(later, Remedy::stop_sync, now), Reception::created);
}

TEST_P(JournalContract, takes_an_alert_in_once_whoever_delivers_it_at_once) {
    std::atomic<int> created{0};
    std::atomic<int> failed{0};
    {
        std::vector<std::jthread> senders;
        for (int sender = 0; sender < 8; ++sender) {
            senders.emplace_back([&] {
                for (int i = 0; i < 13; ++i) {
                    const auto reception = journal_->receive(alert(), Remedy::stop_sync, now);
                    created += reception == Reception::created ? 1 : 0;
                    failed += reception ? 0 : 1;
                }
            });
        }
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(journal_->list({})->size(), 1U);
}

TEST_P(JournalContract, cancels_what_waits_when_the_alert_resolves) {
    const auto action = received(alert());
    EXPECT_EQ(journal_->resolve(alert(), now + 1s), 1U);
    EXPECT_EQ(now_of(action).state, ActionState::cancelled);
    EXPECT_EQ(journal_->steps(action.id)->back(), (Step{now + 1s, ActionState::cancelled, "alert resolved"}));
    EXPECT_EQ(journal_->resolve(alert(), now + 2s), 0U);
    EXPECT_EQ(journal_->resolve(alert("ffff"), now), 0U);
}

TEST_P(JournalContract, leaves_an_action_under_way_alone_when_its_alert_resolves) {
    const auto action = decided(alert());
    ASSERT_TRUE(journal_->begin_attempt(action, intent(action), now));
    EXPECT_EQ(journal_->resolve(alert(), now), 0U);
    EXPECT_EQ(now_of(action).state, ActionState::intent);
}

TEST_P(JournalContract, advances_by_steps_that_may_follow) {
    const auto action = received(alert());
    const auto held = journal_->advance(action, ActionState::held, "grace\nperiod", now + 1s);
    ASSERT_TRUE(held);
    EXPECT_EQ(held->state, ActionState::held);
    EXPECT_EQ(held->state_since, now + 1s);
    EXPECT_EQ(*held, now_of(action));
    EXPECT_EQ(journal_->steps(action.id)->size(), 2U);
    const auto leap = journal_->advance(*held, ActionState::succeeded, "", now);
    EXPECT_FALSE(leap);
    EXPECT_FALSE(leap.error().retryable);
    EXPECT_EQ(now_of(action), *held);
}

TEST_P(JournalContract, refuses_a_step_from_what_is_no_longer_true) {
    const auto action = received(alert());
    ASSERT_TRUE(journal_->advance(action, ActionState::held, "", now));
    const auto stale = journal_->advance(action, ActionState::decided, "", now);
    EXPECT_FALSE(stale);
    EXPECT_FALSE(stale.error().retryable);
}

TEST_P(JournalContract, lists_the_newest_first_and_only_what_is_asked_for) {
    const auto first = received(alert("aa"));
    const auto second = received(alert("bb", other_vm));
    ASSERT_EQ(journal_->resolve(alert("aa"), now), 1U);
    EXPECT_EQ(*journal_->list({}), (std::vector<Action>{second, now_of(first)}));
    EXPECT_EQ(*journal_->list({.vm_uuid = vm}), std::vector<Action>{now_of(first)});
    EXPECT_EQ(*journal_->list({.open_only = true}), std::vector<Action>{second});
    EXPECT_EQ(*journal_->list({.limit = 1}), std::vector<Action>{second});
    EXPECT_TRUE(journal_->list({.vm_uuid = "' OR 1=1 -- "})->empty());
    EXPECT_EQ(*journal_->count_by_state(), (std::map<ActionState, std::uint64_t>{
                                               {ActionState::received, 1}, {ActionState::cancelled, 1}}));
}

TEST_P(JournalContract, reads_what_a_step_of_the_loop_asks_for_at_once) {
    const auto under_way = decided(alert("aa"));
    const auto attempt = *journal_->begin_attempt(under_way, intent(under_way), now);
    const auto there = decided(alert("bb", other_vm));
    const auto elsewhere = *journal_->begin_attempt(there, intent(there), now);
    EXPECT_EQ(*journal_->attempts_on_open_vms(), (std::vector<Attempt>{attempt, elsewhere}));
    ASSERT_TRUE(journal_->end_attempt(
        elsewhere, {AttemptOutcome::unverified, ActionState::unverified, Stage::first, ""}, now));
    EXPECT_EQ(*journal_->list({.under_way_only = true}), std::vector<Action>{now_of(under_way)});
    EXPECT_EQ(*journal_->attempts_on_open_vms(), std::vector<Attempt>{attempt});
    received(alert("cc", other_vm));
    EXPECT_EQ(journal_->attempts_on_open_vms()->size(), 2U) << "an earlier attempt on a VM that waits again";
    EXPECT_EQ(journal_->list({.under_way_only = true})->size(), 1U);
}

TEST_P(JournalContract, keeps_evidence_as_it_is) {
    const auto action = received(alert());
    const Evidence first{now, "first_decision", R"({"name":"Zürich \" ' \\ ? 😀"})"};
    const Evidence second{now + 1s, "second_decision", "{\"long\":\"" + std::string(200'000, 'x') + "\"}"};
    ASSERT_TRUE(journal_->keep_evidence(action.id, first));
    ASSERT_TRUE(journal_->keep_evidence(action.id, second));
    EXPECT_EQ(*journal_->evidence(action.id), (std::vector<Evidence>{first, second}));
    EXPECT_FALSE(journal_->keep_evidence(action.id + 1, first));
}

TEST_P(JournalContract, writes_the_intent_with_its_attempt) {
    const auto action = decided(alert());
    const auto wanted = intent(action);
    const auto attempt = journal_->begin_attempt(action, wanted, now + 1s);
    ASSERT_TRUE(attempt);
    const Attempt expected{.id = attempt->id,
                           .action_id = action.id,
                           .number = 1,
                           .vm_uuid = vm,
                           .command = Command::stop_vm,
                           .evidence_id = wanted.evidence_id,
                           .intent_at = now + 1s,
                           .expires_at = now + 60s,
                           .judged_update_count = 7,
                           .job_id = {},
                           .outcome = {},
                           .ended_at = {},
                           .note = {}};
    EXPECT_EQ(*attempt, expected);
    EXPECT_EQ(*journal_->attempts_on(vm), std::vector<Attempt>{expected});
    EXPECT_EQ(*journal_->attempts_without_outcome(), std::vector<Attempt>{expected});
    EXPECT_EQ(now_of(action).state, ActionState::intent);
    EXPECT_TRUE(journal_->attempts_on(other_vm)->empty());
}

TEST_P(JournalContract, refuses_an_intent_of_what_was_not_decided) {
    const auto action = received(alert());
    EXPECT_FALSE(journal_->begin_attempt(action, intent(action), now));
    EXPECT_TRUE(journal_->attempts_on(vm)->empty());
    EXPECT_EQ(now_of(action), action);
}

TEST_P(JournalContract, refuses_a_second_open_attempt_on_the_vm) {
    const auto first = decided(alert("aa"));
    const auto second = decided(alert("bb"));
    const auto elsewhere = decided(alert("cc", other_vm));
    ASSERT_TRUE(journal_->begin_attempt(first, intent(first), now));
    const auto refused = journal_->begin_attempt(second, intent(second), now);
    EXPECT_FALSE(refused);
    EXPECT_FALSE(refused.error().retryable);
    EXPECT_EQ(now_of(second), second) << "nothing of it was written";
    EXPECT_TRUE(journal_->begin_attempt(elsewhere, intent(elsewhere), now));
}

TEST_P(JournalContract, lets_one_of_many_begin_an_attempt_at_once) {
    std::vector<Action> actions;
    for (int i = 0; i < 6; ++i) {
        actions.push_back(decided(alert("a" + std::to_string(i))));
    }
    std::atomic<int> begun{0};
    {
        std::vector<std::jthread> controllers;
        for (const auto& action : actions) {
            controllers.emplace_back(
                [&, action] { begun += journal_->begin_attempt(action, intent(action), now) ? 1 : 0; });
        }
    }
    EXPECT_EQ(begun, 1);
    EXPECT_EQ(journal_->attempts_without_outcome()->size(), 1U);
    EXPECT_EQ(journal_->count_by_state()->at(ActionState::decided), 5U);
}

TEST_P(JournalContract, follows_an_attempt_to_its_outcome) {
    const auto action = decided(alert());
    const auto attempt = *journal_->begin_attempt(action, intent(action), now);
    ASSERT_TRUE(journal_->note_job(attempt.id, {"job-1", true}));
    ASSERT_TRUE(journal_->note_job(attempt.id, {"job-1", true})) << "a repeat does no harm";
    ASSERT_TRUE(journal_->advance(now_of(action), ActionState::executing, "", now));
    ASSERT_TRUE(journal_->advance(now_of(action), ActionState::verifying, "", now));
    ASSERT_TRUE(journal_->end_attempt(
        attempt, {AttemptOutcome::succeeded, ActionState::succeeded, Stage::first, "agreed"}, now + 9s));
    const auto ended = journal_->attempts_on(vm)->front();
    EXPECT_EQ(ended.job_id, "job-1");
    EXPECT_TRUE(ended.accepted);
    EXPECT_EQ(ended.outcome, AttemptOutcome::succeeded);
    EXPECT_EQ(ended.ended_at, now + 9s);
    EXPECT_EQ(ended.note, "agreed");
    EXPECT_TRUE(journal_->attempts_without_outcome()->empty());
    EXPECT_EQ(now_of(action).state, ActionState::succeeded);
    EXPECT_EQ(journal_->steps(action.id)->back(), (Step{now + 9s, ActionState::succeeded, "agreed"}));
}

TEST_P(JournalContract, ends_an_attempt_once) {
    const auto action = decided(alert());
    const auto attempt = *journal_->begin_attempt(action, intent(action), now);
    ASSERT_TRUE(
        journal_->end_attempt(attempt, {AttemptOutcome::failed, ActionState::failed, Stage::first, ""}, now));
    EXPECT_FALSE(journal_->end_attempt(
        attempt, {AttemptOutcome::succeeded, ActionState::succeeded, Stage::first, ""}, now));
    EXPECT_FALSE(journal_->note_job(attempt.id, {"late", true}));
    EXPECT_EQ(journal_->attempts_on(vm)->front().outcome, AttemptOutcome::failed);
}

TEST_P(JournalContract, ends_no_attempt_by_a_step_that_may_not_follow) {
    const auto action = decided(alert());
    const auto attempt = *journal_->begin_attempt(action, intent(action), now);
    EXPECT_FALSE(journal_->end_attempt(
        attempt, {AttemptOutcome::succeeded, ActionState::succeeded, Stage::first, ""}, now));
    EXPECT_EQ(journal_->attempts_without_outcome()->size(), 1U) << "both are written, or neither";
    EXPECT_EQ(now_of(action).state, ActionState::intent);
}

TEST_P(JournalContract, numbers_the_attempts_of_an_action) {
    const auto action = decided(alert());
    const auto first = *journal_->begin_attempt(action, intent(action), now);
    ASSERT_TRUE(journal_->end_attempt(
        first, {AttemptOutcome::not_sent, ActionState::held, Stage::first, "refused"}, now));
    const auto again = *journal_->advance(now_of(action), ActionState::decided, "", now);
    const auto second = journal_->begin_attempt(again, intent(again, 8), now);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->number, 2U);
    const auto attempts = *journal_->attempts_on(vm);
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts.back().id, second->id) << "newest last";
}

TEST_P(JournalContract, refuses_an_intent_without_its_own_second_decision) {
    const auto action = decided(alert("aa"));
    const auto other = decided(alert("bb", other_vm));
    auto without = intent(action);
    without.evidence_id = *journal_->keep_evidence(action.id, {now, "first_decision", "{}"});
    EXPECT_FALSE(journal_->begin_attempt(action, without, now));
    EXPECT_FALSE(journal_->begin_attempt(action, intent(other), now)) << "the proof of another action";
    EXPECT_EQ(now_of(action), action) << "nothing of it was written";
}

TEST_P(JournalContract, what_is_stopped_goes_on_when_its_alert_resolves) {
    const auto action = decided(alert());
    const auto attempt = *journal_->begin_attempt(action, intent(action), now);
    ASSERT_TRUE(journal_->advance(now_of(action), ActionState::verifying, "", now));
    ASSERT_TRUE(journal_->end_attempt(
        attempt, {AttemptOutcome::succeeded, ActionState::held, Stage::stopped, "stopped"}, now));
    EXPECT_EQ(now_of(action).stage, Stage::stopped);
    EXPECT_EQ(journal_->resolve(alert(), now), 0U);
    const auto again = journal_->advance(now_of(action), ActionState::decided, "", now);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->stage, Stage::stopped) << "a step does not take it back";
    EXPECT_EQ(now_of(action).stage, Stage::stopped);
}

}  // namespace
}  // namespace controller::journal
