#include "inventory/observer/repeating_task.hpp"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace inventory::observer {
namespace {

using namespace std::chrono_literals;

auto in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

TEST(RepeatingTask, runs_again_after_each_interval) {
    RepeatingTask task{1ms, [] {}};
    EXPECT_TRUE(task.wait_for_round(3, in(30s)));
}

TEST(RepeatingTask, a_nudge_does_not_wait_for_the_interval) {
    RepeatingTask task{1h, [] {}};
    ASSERT_TRUE(task.wait_for_round(1, in(30s)));
    EXPECT_TRUE(task.wait_for_round(task.nudge(), in(30s)));
}

TEST(RepeatingTask, a_round_under_way_is_not_the_one_that_was_asked_for) {
    std::promise<void> go;
    const auto gone = go.get_future().share();
    std::atomic<int> rounds{0};
    RepeatingTask task{1h, [&] {
                           ++rounds;
                           gone.wait();
                       }};
    while (rounds == 0) {
        std::this_thread::yield();
    }
    const auto round = task.nudge();
    EXPECT_EQ(round, 2U);
    EXPECT_FALSE(task.wait_for_round(round, in(1ms)));
    go.set_value();
    EXPECT_TRUE(task.wait_for_round(round, in(30s)));
    EXPECT_EQ(rounds, 2);
}

TEST(RepeatingTask, keeps_its_least_gap_however_often_it_is_nudged) {
    std::atomic<int> rounds{0};
    const auto began = std::chrono::steady_clock::now();
    RepeatingTask task{Pace{1h, 50ms}, [&] { ++rounds; }};
    while (std::chrono::steady_clock::now() < began + 200ms) {
        (void)task.nudge();
        std::this_thread::yield();
    }
    EXPECT_LE(rounds, (std::chrono::steady_clock::now() - began) / 50ms + 1);
    EXPECT_GE(rounds, 2);
}

TEST(RepeatingTask, rests_so_many_times_what_a_round_took) {
    std::atomic<int> rounds{0};
    const auto began = std::chrono::steady_clock::now();
    RepeatingTask task{Pace{1h, {}, 5}, [&] {
                           std::this_thread::sleep_for(10ms);  // the work
                           ++rounds;
                       }};
    while (rounds < 4) {
        (void)task.nudge();
        std::this_thread::yield();
    }
    EXPECT_GE(std::chrono::steady_clock::now() - began, 3 * (10ms + 50ms));
}

TEST(RepeatingTask, a_least_gap_does_not_hold_up_its_end) {
    const auto began = std::chrono::steady_clock::now();
    {
        RepeatingTask task{Pace{1h, 1h}, [] {}};
        ASSERT_TRUE(task.wait_for_round(1, in(30s)));
        (void)task.nudge();
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
}

TEST(RepeatingTask, a_waiter_is_released_when_the_task_ends) {
    RepeatingTask task{1h, [] {}};
    ASSERT_TRUE(task.wait_for_round(1, in(30s)));
    task.stop();
    EXPECT_FALSE(task.wait_for_round(2, in(30s)));
    EXPECT_TRUE(task.has_ended());
}

}  // namespace
}  // namespace inventory::observer
