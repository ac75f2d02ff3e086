#include "controller/loop/lease_keeper.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_lease.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using inventory::Duration;
using testing::HasSubstr;

/// Two controllers at one row. Time passes only when a test lets it, for each clock apart.
class Keepers : public testing::Test {
protected:
    std::unique_ptr<LeaseKeeper> keeper(const std::string& name) {
        return std::make_unique<LeaseKeeper>(
            std::make_unique<test_support::FakeLease>(row_), name, settings_,
            LeaseKeeper::Clocks{.steady = [this] { return steady_; }, .wall = [this] { return wall_; }});
    }
    void pass(Duration time) {
        database_ += time;
        steady_ += time;
        wall_ += time;
    }

    inventory::Time database_{1'800'000'000s};
    inventory::Time wall_ = database_;
    Duration steady_ = 1h;
    LeaseSettings settings_{.ttl = 15s, .renew = 5s};
    test_support::FakeLeaseRow row_{[this] { return database_; }};
    std::unique_ptr<LeaseKeeper> a_ = keeper("a");
    std::unique_ptr<LeaseKeeper> b_ = keeper("b");
};

TEST_F(Keepers, nobody_leads_before_the_lease_was_taken) {
    EXPECT_FALSE(a_->leadership().leads());
    EXPECT_EQ(a_->leadership().controller, "a");
    EXPECT_EQ(a_->token(), std::nullopt);
}

TEST_F(Keepers, the_first_one_leads_and_the_second_one_knows_of_it) {
    a_->tend();
    b_->tend();
    EXPECT_TRUE(a_->leadership().leads());
    EXPECT_EQ(a_->token(), 1U);
    EXPECT_EQ(a_->leadership().holder, "a");
    EXPECT_EQ(a_->leadership().left, 12s) << "the margin is taken off";
    EXPECT_FALSE(b_->leadership().leads());
    EXPECT_EQ(b_->leadership().holder, "a");
    EXPECT_EQ(b_->leadership().token, 1U);
    EXPECT_EQ(b_->leadership().left, std::nullopt);
}

TEST_F(Keepers, a_leader_that_renews_stays) {
    for (int round = 0; round < 20; ++round) {
        a_->tend();
        b_->tend();
        pass(5s);
        ASSERT_TRUE(a_->leadership().leads());
    }
    EXPECT_EQ(a_->token(), 1U);
}

TEST_F(Keepers, a_leader_that_falls_silent_is_replaced_and_had_stopped_before) {
    a_->tend();
    pass(12s);
    EXPECT_FALSE(a_->leadership().leads());
    b_->tend();
    EXPECT_FALSE(b_->leadership().leads()) << "three seconds before the database lets it";
    pass(3s);
    b_->tend();
    EXPECT_TRUE(b_->leadership().leads());
    EXPECT_EQ(b_->token(), 2U);
    a_->tend();
    EXPECT_FALSE(a_->leadership().leads());
    EXPECT_EQ(a_->token(), std::nullopt);
    EXPECT_EQ(a_->leadership().holder, "b");
}

TEST_F(Keepers, a_leader_that_nobody_replaced_goes_on_with_its_token) {
    a_->tend();
    pass(60s);
    EXPECT_FALSE(a_->leadership().leads());
    EXPECT_EQ(a_->token(), 1U) << "what was begun may still be written down";
    a_->tend();
    EXPECT_TRUE(a_->leadership().leads());
    EXPECT_EQ(a_->token(), 1U);
}

TEST_F(Keepers, a_late_answer_does_not_lengthen_the_hold) {
    /// A row whose every change takes four seconds to be answered.
    class Slow : public test_support::FakeLease {
    public:
        Slow(test_support::FakeLeaseRow& row, std::function<void()> wait)
            : FakeLease(row), wait_(std::move(wait)) {}
        inventory::Result<bool> take(const journal::LeaseRow& seen, const std::string& holder,
                                     Duration ttl) override {
            auto taken = FakeLease::take(seen, holder, ttl);
            wait_();
            return taken;
        }

    private:
        std::function<void()> wait_;
    };
    LeaseKeeper slow(std::make_unique<Slow>(row_, [this] { pass(4s); }), "slow", settings_,
                     {.steady = [this] { return steady_; }, .wall = [this] { return wall_; }});
    slow.tend();
    EXPECT_EQ(slow.leadership().left, 8s);
}

TEST_F(Keepers, an_answer_that_is_lost_gives_no_hold_and_costs_a_token) {
    row_.lose_next_answer();
    a_->tend();
    EXPECT_FALSE(a_->leadership().leads());
    EXPECT_THAT(a_->leadership().trouble, HasSubstr("the answer is lost"));
    b_->tend();
    EXPECT_FALSE(b_->leadership().leads()) << "the row is a's";
    a_->tend();
    EXPECT_TRUE(a_->leadership().leads());
    EXPECT_EQ(a_->token(), 2U);
    EXPECT_EQ(a_->leadership().trouble, "");
}

TEST_F(Keepers, a_renewal_that_fails_shortens_nothing_and_lengthens_nothing) {
    a_->tend();
    pass(5s);
    row_.fail_with(inventory::Error{"the database is gone", true});
    EXPECT_LT(a_->tend(), 5s) << "it is tried again soon";
    EXPECT_EQ(a_->leadership().left, 7s);
    EXPECT_THAT(a_->leadership().trouble, HasSubstr("the database is gone"));
    row_.fail_with(std::nullopt);
    a_->tend();
    EXPECT_EQ(a_->leadership().left, 12s);
}

TEST_F(Keepers, a_clock_far_from_the_databases_does_not_lead) {
    wall_ -= 1h;
    a_->tend();
    EXPECT_FALSE(a_->leadership().leads());
    EXPECT_THAT(a_->leadership().trouble, HasSubstr("NTP"));
    wall_ += 1h;
    a_->tend();
    EXPECT_TRUE(a_->leadership().leads());
    wall_ += 6s;
    pass(5s);
    a_->tend();
    EXPECT_EQ(a_->leadership().left, 7s) << "not renewed";
}

TEST_F(Keepers, clocks_may_differ_a_little_and_the_lease_stays_right) {
    wall_ += 4s;
    a_->tend();
    EXPECT_EQ(a_->leadership().left, 12s);
    EXPECT_EQ(row_.now().expires_at, database_ + 15s);
}

TEST_F(Keepers, a_follower_looks_again_when_the_lease_expires) {
    a_->tend();
    EXPECT_EQ(b_->tend(), 5s);
    pass(12s);
    EXPECT_EQ(b_->tend(), 3s);
}

TEST_F(Keepers, what_is_given_up_is_taken_at_once) {
    a_->start({});
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!a_->leadership().leads() && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(1ms);  // until its thread has taken the lease
    }
    ASSERT_TRUE(a_->leadership().leads());
    a_->stop();
    EXPECT_FALSE(a_->leadership().leads());
    EXPECT_EQ(a_->token(), std::nullopt);
    b_->tend();
    EXPECT_TRUE(b_->leadership().leads());
    EXPECT_EQ(b_->token(), 2U);
}

TEST_F(Keepers, a_take_over_is_told) {
    int told = 0;
    {
        LeaseKeeper keeper(std::make_unique<test_support::FakeLease>(row_), "c", settings_);
        database_ = inventory::system_now();
        keeper.start([&told] { ++told; });
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (!keeper.leadership().leads() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(1ms);  // until its thread has taken the lease
        }
    }
    EXPECT_EQ(told, 1);
}

TEST(ControllerName, differs_at_each_start) {
    std::set<std::string> names;
    for (int start = 0; start < 100; ++start) {
        names.insert(new_controller_name());
    }
    EXPECT_EQ(names.size(), 100U);
    EXPECT_LE(names.begin()->size(), 128U);
}

TEST(SinceBoot, never_goes_back) {
    const auto first = since_boot();
    EXPECT_GE(since_boot(), first);
    EXPECT_GT(first, Duration::zero());
}

}  // namespace
}  // namespace controller::loop
