#include "inventory/support/text.hpp"

#include <gtest/gtest.h>

namespace inventory {
namespace {

TEST(CleanText, leaves_good_text_as_it_is) {
    EXPECT_EQ(clean_text("host kvm-1 is Up", 100), "host kvm-1 is Up");
    EXPECT_EQ(clean_text("Zürich \xE2\x82\xAC \xF0\x9F\x98\x80", 100),
              "Zürich \xE2\x82\xAC \xF0\x9F\x98\x80");
    EXPECT_EQ(clean_text("", 0), "");
}

TEST(CleanText, cannot_forge_a_second_line) {
    EXPECT_EQ(clean_text("a\nb\r\tc\x7F", 100), "a b  c ");
}

TEST(CleanText, replaces_what_is_no_utf8) {
    EXPECT_EQ(clean_text("a\xFFz", 100), "a?z");
    EXPECT_EQ(clean_text("\xC0\xAF", 100), "??") << "overlong";
    EXPECT_EQ(clean_text("\xED\xA0\x80", 100), "???") << "a surrogate";
    EXPECT_EQ(clean_text("\xF4\x90\x80\x80", 100), "????") << "beyond U+10FFFF";
    EXPECT_EQ(clean_text("cut \xE2\x82", 100), "cut ??");
}

TEST(CleanText, is_cut_between_characters) {
    EXPECT_EQ(clean_text("0123456789", 10), "0123456789");
    EXPECT_EQ(clean_text("0123456789x", 10), "0123456...");
    EXPECT_EQ(clean_text("01234\xE2\x82\xAC\xE2\x82\xAC", 10), "01234...") << "a character never loses bytes";
    EXPECT_EQ(clean_text("abcdef", 2), "..");
}

TEST(Text, words_are_joined_and_split_again) {
    for (const auto& words : {std::vector<std::string>{}, {"a"}, {"a", "b"}, {"a", "", "b"}}) {
        EXPECT_EQ(split(joined(words, ","), ','), words);
    }
    EXPECT_EQ(joined({"a", "b"}, "; "), "a; b");
}

}  // namespace
}  // namespace inventory
