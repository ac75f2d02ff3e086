#include "controller/loop/driver.hpp"

#include <future>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/cloudstack/job_wait.hpp"
#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using StopBehaviour = test_support::FakeCloud::StopBehaviour;
using testing::ElementsAre;
using testing::Field;

constexpr auto never = 1h;  // an interval that no test sees the end of

/// Hears every round and every outcome, and lets a test wait for them.
class Listener : public test_support::StubObserver {
public:
    void counted(const std::map<ActionState, std::uint64_t>& /*by_state*/,
                 std::size_t /*unresolved*/) override {
        {
            const std::lock_guard lock(mutex_);
            ++rounds_;
        }
        changed_.notify_all();
        if (on_round) {
            on_round();
        }
    }
    void ended(Remedy /*remedy*/, AttemptOutcome outcome, inventory::Duration /*took*/) override {
        {
            const std::lock_guard lock(mutex_);
            outcome_ = outcome;
        }
        changed_.notify_all();
    }

    bool wait_for_round(int number) {
        return wait([this, number] { return rounds_ >= number; });
    }
    bool wait_for_outcome(AttemptOutcome outcome) {
        return wait([this, outcome] { return outcome_ == outcome; });
    }
    [[nodiscard]] int rounds() {
        const std::lock_guard lock(mutex_);
        return rounds_;
    }

    std::function<void()> on_round;  ///< set before the driver starts

private:
    template <class Condition>
    bool wait(Condition holds) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 30s, holds);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    int rounds_ = 0;
    std::optional<AttemptOutcome> outcome_;
};

/// The stage's clock stands still here: a driver's pause is real time.
class Driver : public testing::Test {
protected:
    std::unique_ptr<LoopDriver> start(inventory::Duration interval) {
        stage_.settings().judge_interval = interval;
        auto driver =
            std::make_unique<LoopDriver>(stage_.surroundings(listener_, stage_.journal()), stage_.settings());
        driver->start();
        return driver;
    }

    /// For what nobody tells of. False when it did not come true in time.
    template <class Condition>
    static bool eventually(Condition holds) {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (!holds() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(1ms);
        }
        return holds();
    }

    test_support::LoopStage stage_;
    Listener listener_;
};

TEST_F(Driver, steps_at_once_and_after_each_interval) {
    const auto driver = start(1ms);
    EXPECT_TRUE(listener_.wait_for_round(3));
}

TEST_F(Driver, steps_when_it_is_woken) {
    const auto driver = start(never);
    ASSERT_TRUE(listener_.wait_for_round(1));
    driver->wake();
    EXPECT_TRUE(listener_.wait_for_round(2));
}

TEST_F(Driver, hears_whoever_wakes_it_in_the_middle_of_a_round) {
    std::promise<void> go;
    listener_.on_round = [gone = go.get_future().share()] { gone.wait(); };
    const auto driver = start(never);
    ASSERT_TRUE(listener_.wait_for_round(1));
    {
        std::vector<std::jthread> senders;
        for (int sender = 0; sender < 4; ++sender) {
            senders.emplace_back([&driver] { driver->wake(); });
        }
    }
    go.set_value();
    EXPECT_TRUE(listener_.wait_for_round(2));
}

TEST_F(Driver, carries_an_alert_to_its_outcome) {
    const auto driver = start(never);
    stage_.deliver_alert();
    driver->wake();
    ASSERT_TRUE(listener_.wait_for_outcome(AttemptOutcome::succeeded)) << stage_.notes();
    EXPECT_EQ(stage_.action().state, ActionState::succeeded);
    EXPECT_EQ(stage_.cloud().stop_calls(), 1);
}

/// How often one follower alone can have asked for the state of a job by then.
int questions_within(inventory::Duration time) {
    std::size_t polls = 0;
    for (auto next = cloudstack::poll_pause(0); next <= time; next += cloudstack::poll_pause(polls)) {
        ++polls;
    }
    return static_cast<int>(polls);
}

TEST_F(Driver, gives_a_vm_one_task_at_a_time_however_often_it_steps) {
    stage_.cloud().set_stop_behaviour(StopBehaviour::job_goes_on);
    stage_.deliver_alert();
    const auto began = std::chrono::steady_clock::now();
    const auto driver = start(1ms);
    ASSERT_TRUE(eventually([this] { return stage_.cloud().job_questions() > 0; }));
    ASSERT_TRUE(listener_.wait_for_round(listener_.rounds() + 20));
    const auto questions = stage_.cloud().job_questions();
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_LE(questions, questions_within(std::chrono::duration_cast<inventory::Duration>(took)));
    stage_.cloud().finish_job();
    EXPECT_TRUE(listener_.wait_for_outcome(AttemptOutcome::succeeded)) << stage_.notes();
    EXPECT_EQ(stage_.cloud().stop_calls(), 1);
}

TEST_F(Driver, lets_go_of_a_job_when_it_stops_and_settles_it_at_the_next_start) {
    stage_.cloud().set_stop_behaviour(StopBehaviour::job_goes_on);
    stage_.deliver_alert();
    {
        const auto driver = start(never);
        ASSERT_TRUE(eventually([this] { return stage_.cloud().job_questions() > 0; }));
        driver->stop();
    }
    EXPECT_EQ(stage_.action().state, ActionState::executing) << stage_.notes();
    EXPECT_THAT(stage_.attempts(), ElementsAre(Field(&Attempt::outcome, std::nullopt)));
    stage_.cloud().finish_job();
    const auto next_life = start(never);
    EXPECT_TRUE(listener_.wait_for_outcome(AttemptOutcome::succeeded)) << stage_.notes();
    EXPECT_EQ(stage_.cloud().stop_calls(), 1);
}

TEST_F(Driver, lets_go_of_a_verification_when_it_stops) {
    stage_.cloud().set_stop_behaviour(StopBehaviour::only_says_success);
    stage_.deliver_alert();
    const auto driver = start(never);
    ASSERT_TRUE(eventually([this] { return stage_.action().state == ActionState::verifying; }));
    driver->stop();
    EXPECT_EQ(stage_.action().state, ActionState::verifying) << stage_.notes();
    EXPECT_THAT(stage_.attempts(), ElementsAre(Field(&Attempt::outcome, std::nullopt)));
}

TEST_F(Driver, does_nothing_more_once_it_has_stopped) {
    const auto driver = start(1ms);
    ASSERT_TRUE(listener_.wait_for_round(1));
    driver->stop();
    driver->stop();
    const auto rounds = listener_.rounds();
    stage_.deliver_alert();
    driver->wake();
    EXPECT_EQ(listener_.rounds(), rounds);
    EXPECT_EQ(stage_.action().state, ActionState::received);
}

TEST_F(Driver, that_was_never_started_ends_as_well) {
    const LoopDriver idle(stage_.surroundings(listener_, stage_.journal()), stage_.settings());
    EXPECT_EQ(listener_.rounds(), 0);
}

}  // namespace
}  // namespace controller::loop
