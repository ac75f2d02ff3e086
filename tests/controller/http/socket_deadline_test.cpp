#include "controller/http/socket_deadline.hpp"

#include <array>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace controller::http {
namespace {

using namespace std::chrono_literals;

auto in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

TEST(SocketDeadline, is_over_from_its_moment_on_whoever_notices_it_first) {
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(SocketDeadline{in(0ms)}.is_over());
    }
    EXPECT_FALSE(SocketDeadline{in(1h)}.is_over());
}

TEST(SocketDeadline, cuts_a_connection_that_waits) {
    std::array<int, 2> pair{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
    {
        SocketDeadline deadline{in(20ms)};
        deadline.guard(pair[0]);
        char byte = 0;
        EXPECT_EQ(recv(pair[0], &byte, 1, 0), 0) << "ends, though nobody ever sent a byte";
    }
    close(pair[0]);
    close(pair[1]);
}

}  // namespace
}  // namespace controller::http
