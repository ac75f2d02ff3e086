#include "service/nearest_word.hpp"

#include <gtest/gtest.h>

namespace service {
namespace {

TEST(Suggestion, names_the_nearest_word) {
    EXPECT_EQ(suggestion("intervall", {"name", "interval", "timeout"}), "; did you mean 'interval'?");
    EXPECT_EQ(suggestion("lsiten", {"listen"}), "; did you mean 'listen'?");
}

TEST(Suggestion, is_silent_when_nothing_is_near) {
    EXPECT_EQ(suggestion("colour", {"name", "interval"}), "");
    EXPECT_EQ(suggestion("x", {}), "");
    EXPECT_EQ(suggestion(std::string(1000, 'a'), {std::string(999, 'a')}), "");
}

}  // namespace
}  // namespace service
