#include "tests/controller/journal/lease_contract.hpp"

#include <atomic>
#include <future>
#include <thread>

#include <gmock/gmock.h>

namespace controller::journal {

using namespace std::chrono_literals;
using testing::HasSubstr;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LeaseContract);

std::uint64_t LeaseContract::taken_by(Lease& lease, const std::string& holder, inventory::Duration ttl) {
    const auto seen = lease.read().value();
    EXPECT_EQ(lease.take(seen, holder, ttl), true);
    return seen.token + 1;
}

namespace {

const inventory::Time now{1'800'000'000s};

Alert alert() {
    return {.firing = true,
            .fingerprint = "0123456789abcdef",
            .starts_at = now - 1min,
            .labels = {{"alertname", "VMStopped"}, {"vm_id", "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69"}}};
}

TEST_P(LeaseContract, is_nobodys_at_first) {
    const auto row = a_->read();
    ASSERT_TRUE(row) << row.error().message;
    EXPECT_EQ(row->holder, "");
    EXPECT_EQ(row->token, 0U);
    EXPECT_TRUE(row->has_expired());
}

TEST_P(LeaseContract, is_taken_with_the_next_token_for_so_long) {
    EXPECT_EQ(taken_by(*a_, "a", 15s), 1U);
    const auto row = b_->read().value();
    EXPECT_EQ(row.holder, "a");
    EXPECT_EQ(row.token, 1U);
    EXPECT_EQ(row.expires_at - row.taken_at, 15s);
    EXPECT_FALSE(row.has_expired());
}

TEST_P(LeaseContract, is_not_taken_from_one_who_holds_it) {
    taken_by(*a_, "a", 15s);
    EXPECT_EQ(b_->take(b_->read().value(), "b", 15s), false);
    EXPECT_EQ(b_->read()->holder, "a");
}

TEST_P(LeaseContract, is_renewed_by_its_holder_alone) {
    const auto token = taken_by(*a_, "a", 15s);
    EXPECT_EQ(a_->renew("a", token, 60s), true);
    EXPECT_GT(a_->read()->expires_at - a_->read()->read_at, 50s);
    EXPECT_EQ(a_->read()->token, token) << "a renewal keeps the token";
    EXPECT_EQ(b_->renew("b", token, 60s), false);
    EXPECT_EQ(a_->renew("a", token + 1, 60s), false);
}

TEST_P(LeaseContract, is_taken_over_when_it_has_expired) {
    const auto first = taken_by(*a_, "a", 15s);
    site_->pass(14s);
    EXPECT_EQ(b_->take(b_->read().value(), "b", 15s), false);
    site_->pass(1s);
    EXPECT_EQ(taken_by(*b_, "b", 15s), first + 1);
    EXPECT_EQ(a_->renew("a", first, 15s), false);
    EXPECT_EQ(b_->read()->holder, "b");
}

TEST_P(LeaseContract, that_expired_and_that_nobody_took_is_renewed_still) {
    const auto token = taken_by(*a_, "a", 15s);
    site_->pass(1h);
    EXPECT_EQ(a_->renew("a", token, 15s), true);
    EXPECT_EQ(b_->take(b_->read().value(), "b", 15s), false);
}

TEST_P(LeaseContract, is_not_taken_over_on_what_is_no_longer_true) {
    const auto seen = b_->read().value();
    taken_by(*a_, "a", 15s);
    site_->pass(1min);
    EXPECT_EQ(b_->take(seen, "b", 15s), false) << "another token than the one that was seen";
}

TEST_P(LeaseContract, that_carries_our_own_name_is_taken_anew) {
    taken_by(*a_, "a", 15s);
    EXPECT_EQ(taken_by(*a_, "a", 15s), 2U);
}

TEST_P(LeaseContract, that_was_given_up_is_taken_at_once) {
    const auto token = taken_by(*a_, "a", 15s);
    ASSERT_TRUE(b_->give_up("b", token)) << "it is not b's to give up";
    EXPECT_EQ(b_->read()->holder, "a");
    ASSERT_TRUE(a_->give_up("a", token));
    EXPECT_TRUE(b_->read()->has_expired());
    EXPECT_EQ(taken_by(*b_, "b", 15s), token + 1);
    ASSERT_TRUE(a_->give_up("a", token)) << "a late farewell changes nothing";
    EXPECT_EQ(b_->read()->holder, "b");
}

TEST_P(LeaseContract, goes_to_one_of_many_who_want_it_at_once) {
    std::atomic<int> taken{0};
    std::atomic<int> failed{0};
    {
        std::vector<std::jthread> controllers;
        for (int number = 0; number < 6; ++number) {
            controllers.emplace_back([&, number] {
                const auto lease = site_->lease();
                const auto row = lease->read();
                const auto won = row ? lease->take(*row, "c" + std::to_string(number), 15s)
                                     : inventory::Result<bool>(tl::unexpected(row.error()));
                taken += won == true ? 1 : 0;
                failed += won ? 0 : 1;
            });
        }
    }
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(a_->read()->token, 1U);
}

TEST_P(LeaseContract, fences_every_write_of_executing_and_no_other) {
    const auto token = taken_by(*a_, "a", 15s);
    const auto leader = site_->journal(token);
    const auto late = site_->journal(token - 1);
    const auto ahead = site_->journal(token + 1);  // of a take-over that a failover of the database lost
    const auto follower = site_->journal(std::nullopt);
    for (auto* const fenced : {late.get(), ahead.get(), follower.get()}) {
        ASSERT_TRUE(fenced->receive(alert(), Remedy::stop_sync, now)) << "any controller takes alerts in";
        const auto action = fenced->list({})->front();
        const auto refused = fenced->advance(action, ActionState::held, "", now);
        ASSERT_FALSE(refused);
        EXPECT_FALSE(refused.error().retryable);
        EXPECT_THAT(refused.error().message, HasSubstr("fenced: another controller holds the lease since"));
        EXPECT_THAT(refused.error().message, HasSubstr("a with token 1"));
        EXPECT_FALSE(fenced->keep_evidence(action.id, {now, "second_decision", "{}"}));
        EXPECT_EQ(fenced->find(action.id)->value(), action) << "nothing of it was written";
        EXPECT_TRUE(fenced->evidence(action.id)->empty());
    }
    EXPECT_TRUE(leader->advance(leader->list({})->front(), ActionState::held, "", now));
    EXPECT_EQ(follower->resolve(alert(), now), 1U) << "any controller takes alerts in";
}

TEST_P(LeaseContract, fences_an_attempt_that_was_begun_under_an_earlier_token) {
    const auto first = taken_by(*a_, "a", 15s);
    const auto old = site_->journal(first);
    ASSERT_TRUE(old->receive(alert(), Remedy::stop_sync, now));
    const auto decided = old->advance(old->list({})->front(), ActionState::decided, "", now);
    const auto evidence = old->keep_evidence(decided->id, {now, "second_decision", "{}"});
    const Intent intent{.evidence_id = *evidence, .judged_update_count = 7, .expires_at = now + 1min};
    const auto attempt = old->begin_attempt(*decided, intent, now);
    ASSERT_TRUE(attempt) << attempt.error().message;
    site_->pass(15s);
    const auto second = taken_by(*b_, "b", 15s);

    EXPECT_THAT(old->note_job(attempt->id, {.id = "late"}).error().message, HasSubstr("fenced"));
    EXPECT_THAT(
        old->end_attempt(*attempt, {.to = ActionState::unverified, .note = "lost"}, now).error().message,
        HasSubstr("fenced"));
    EXPECT_THAT(old->begin_attempt(*decided, intent, now).error().message, HasSubstr("fenced"));
    EXPECT_EQ(old->attempts_without_outcome()->size(), 1U);

    const auto heir = site_->journal(second);
    EXPECT_TRUE(heir->note_job(attempt->id, {.id = "found"}));
    EXPECT_TRUE(heir->end_attempt(*attempt, {.to = ActionState::unverified, .note = "lost"}, now));
}

TEST_P(LeaseContract, fences_nobody_who_leads_with_an_expired_lease_that_none_took) {
    const auto leader = site_->journal(taken_by(*a_, "a", 15s));
    ASSERT_TRUE(leader->receive(alert(), Remedy::stop_sync, now));
    site_->pass(1h);
    EXPECT_TRUE(leader->advance(leader->list({})->front(), ActionState::held, "", now));
}

TEST_P(LeaseContract, puts_each_fenced_write_wholly_before_or_wholly_after_a_take_over) {
    const auto first = taken_by(*a_, "a", 15s);
    ASSERT_TRUE(site_->journal(first)->receive(alert(), Remedy::stop_sync, now));
    site_->pass(15s);
    std::promise<void> writes;
    std::atomic<int> written{0};
    {
        const std::jthread writer([&](const std::stop_token& stop) {
            const auto old = site_->journal(first);
            while (!stop.stop_requested()) {
                const auto kept = old->keep_evidence(1, {now, "verification", "{}"});
                if (kept && ++written == 5) {
                    writes.set_value();
                }
            }
        });
        ASSERT_EQ(writes.get_future().wait_for(30s), std::future_status::ready);
        taken_by(*b_, "b", 15s);
        EXPECT_TRUE(site_->journal(first + 1)->keep_evidence(1, {now, "recovery", "{}"}));
    }
    const auto evidence = *site_->journal(std::nullopt)->evidence(1);
    EXPECT_EQ(evidence.back().kind, "recovery") << "nothing of the old one came after the new one's";
    EXPECT_EQ(evidence.size(), static_cast<std::size_t>(written) + 1) << "and nothing that was told is lost";
}

}  // namespace
}  // namespace controller::journal
