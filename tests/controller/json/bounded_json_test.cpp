#include "controller/json/bounded_json.hpp"

#include <gtest/gtest.h>

namespace controller {
namespace {

std::string nested(std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

TEST(BoundedJson, reads_what_is_shallow_enough) {
    EXPECT_EQ(parse_bounded_json(R"({"a":[1,{"b":null}]})", 3)->at("a").at(0), 1);
    EXPECT_TRUE(parse_bounded_json(nested(3), 3).has_value());
    EXPECT_TRUE(parse_bounded_json("7", 0).has_value());
}

TEST(BoundedJson, refuses_what_is_too_deep) {
    EXPECT_EQ(parse_bounded_json(nested(4), 3).error().message, "JSON nested deeper than 3 levels");
    EXPECT_FALSE(parse_bounded_json(R"({"a":{"b":{}}})", 2).has_value());
    EXPECT_FALSE(parse_bounded_json(nested(500'000), 8).has_value()) << "and does not overflow the stack";
    EXPECT_FALSE(parse_bounded_json(std::string(500'000, '['), 8).has_value());
}

TEST(BoundedJson, refuses_what_is_no_json) {
    for (const auto* text : {"", " ", "{", "{\"a\":}", "nul", "{} {}", "<html>", "\"\xFF\"", "{\"a\":1,}"}) {
        EXPECT_EQ(parse_bounded_json(text, 8).error().message, "not JSON") << text;
    }
}

}  // namespace
}  // namespace controller
