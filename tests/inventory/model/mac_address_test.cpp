#include "inventory/model/mac_address.hpp"

#include <gtest/gtest.h>

namespace inventory {
namespace {

TEST(MacAddress, is_read_in_either_case) {
    EXPECT_EQ(parse_mac_address("02:01:00:cc:00:2a"), MacAddress{0x020100cc002a});
    EXPECT_EQ(parse_mac_address("FE:DC:BA:98:76:54"), MacAddress{0xfedcba987654});
}

TEST(MacAddress, anything_else_is_none) {
    for (const char* text :
         {"", "02:01:00:cc:00", "02:01:00:cc:00:2a:", "02-01-00-cc-00-2a", "02:01:00:cc:00:2g",
          "02:01:00:cc:0:02a", "+2:01:00:cc:00:2a", "2 :01:00:cc:00:2a", "02:01:00:cc:00:-1"}) {
        EXPECT_FALSE(parse_mac_address(text)) << text;
    }
}

TEST(MacAddress, knows_those_that_the_counter_of_a_network_makes) {
    const NetworkId network{0x300cc};
    EXPECT_TRUE(MacAddress{0x020100cc002a}.is_generated_for(network)) << "zone 1, the network's low 16 bits";
    EXPECT_TRUE(MacAddress{0x020012340007}.is_generated_for(network)) << "no identifier: random bytes";
    EXPECT_FALSE(MacAddress{0x020100cd002a}.is_generated_for(network)) << "of another network";
    EXPECT_FALSE(MacAddress{0x525400cc002a}.is_generated_for(network)) << "chosen by somebody";
    EXPECT_FALSE(MacAddress{0x1e0100cc002a}.is_generated_for(network)) << "a public address";
    EXPECT_EQ(MacAddress{0x020100cc002a}.counter(), 42U);
}

}  // namespace
}  // namespace inventory
