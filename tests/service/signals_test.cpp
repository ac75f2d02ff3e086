#include "service/signals.hpp"

#include <chrono>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace service {
namespace {

using namespace std::chrono_literals;

class Signals : public testing::Test {
protected:
    void SetUp() override { block_signals(); }
};

TEST_F(Signals, terminate_and_interrupt_mean_stop_and_hang_up_means_reload) {
    ASSERT_EQ(kill(getpid(), SIGTERM), 0);
    EXPECT_EQ(wait_for_signal(5s), Signal::stop);
    ASSERT_EQ(kill(getpid(), SIGINT), 0);
    EXPECT_EQ(wait_for_signal(5s), Signal::stop);
    ASSERT_EQ(kill(getpid(), SIGHUP), 0);
    EXPECT_EQ(wait_for_signal(5s), Signal::reload);
}

TEST_F(Signals, the_wait_ends_at_its_limit) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(wait_for_signal(30ms), Signal::none);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 30ms);
    EXPECT_EQ(wait_for_signal(0ms), Signal::none);
}

TEST_F(Signals, reach_the_waiting_thread_while_others_run) {
    std::thread other{[] { EXPECT_EQ(kill(getpid(), SIGTERM), 0); }};
    EXPECT_EQ(wait_for_signal(5s), Signal::stop);
    other.join();
}

TEST_F(Signals, a_peer_that_closed_does_not_kill) {
    EXPECT_EQ(raise(SIGPIPE), 0);
}

TEST(ExitWithin, ends_a_process_that_waits_for_something_else) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    const auto hang = [] {
        exit_within(10ms, 7);
        std::this_thread::sleep_for(1h);
    };
    EXPECT_EXIT(hang(), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace service
