#include "inventory/support/wakeup.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace inventory {
namespace {

using namespace std::chrono_literals;
using Reason = Wakeup::Reason;

TEST(Wakeup, a_signal_stays_until_it_is_cleared) {
    const Wakeup wakeup;
    EXPECT_EQ(wakeup.wait(1ms), Reason::time_over);
    wakeup.signal();
    wakeup.signal();
    EXPECT_EQ(wakeup.wait(30s), Reason::signalled);
    EXPECT_EQ(wakeup.wait(30s), Reason::signalled);
    wakeup.clear();
    EXPECT_EQ(wakeup.wait(1ms), Reason::time_over);
}

TEST(Wakeup, ends_the_wait_of_another_thread) {
    const Wakeup wakeup;
    std::thread other{[&wakeup] { wakeup.signal(); }};
    EXPECT_EQ(wakeup.wait(30s), Reason::signalled);
    other.join();
}

TEST(Wakeup, a_descriptor_ends_the_wait_when_it_speaks_and_when_it_ends) {
    const Wakeup wakeup;
    std::array<int, 2> ends{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    EXPECT_EQ(wakeup.wait_for(ends[0], 1ms), Reason::time_over);
    ASSERT_EQ(write(ends[1], "x", 1), 1);
    EXPECT_EQ(wakeup.wait_for(ends[0], 30s), Reason::readable);
    wakeup.signal();
    EXPECT_EQ(wakeup.wait_for(ends[0], 30s), Reason::signalled);
    wakeup.clear();
    std::array<char, 1> read_back{};
    ASSERT_EQ(read(ends[0], read_back.data(), 1), 1);
    close(ends[1]);
    EXPECT_EQ(wakeup.wait_for(ends[0], 30s), Reason::readable);
    close(ends[0]);
}

}  // namespace
}  // namespace inventory
