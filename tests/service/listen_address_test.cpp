#include "service/listen_address.hpp"

#include <gtest/gtest.h>

namespace service {
namespace {

TEST(ListenAddress, is_read_in_its_three_forms) {
    EXPECT_EQ(*parse_listen_address("127.0.0.1:9784"), (ListenAddress{"127.0.0.1", 9784}));
    EXPECT_EQ(*parse_listen_address(":9784"), (ListenAddress{"", 9784}));
    EXPECT_EQ(*parse_listen_address("[::1]:80"), (ListenAddress{"::1", 80}));
    EXPECT_EQ(to_text({"::1", 80}), "[::1]:80");
    EXPECT_EQ(to_text({"", 80}), ":80");
}

TEST(ListenAddress, that_is_none_is_refused_with_what_would_be_right) {
    for (const auto* text :
         {"", "9784", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80", "[::1:80"}) {
        const auto address = parse_listen_address(text);
        ASSERT_FALSE(address) << text;
        EXPECT_EQ(
            address.error().message,
            "'" + std::string{text} + "' is no address to listen on; write host:port, :port or [v6]:port");
    }
}

}  // namespace
}  // namespace service
