#include "controller/page/form.hpp"

#include <gtest/gtest.h>

namespace controller::page {
namespace {

TEST(ParseForm, reads_what_a_browser_sends) {
    const auto form = parse_form("reason=disk+of+%22db%22+%26+more&for=1h&empty=");
    ASSERT_TRUE(form);
    EXPECT_EQ(field(*form, "reason"), "disk of \"db\" & more");
    EXPECT_EQ(field(*form, "for"), "1h");
    EXPECT_EQ(field(*form, "empty"), "");
    EXPECT_EQ(field(*form, "absent"), "");
    EXPECT_EQ(field(*parse_form("name=J%C3%BCrgen"), "name"), "J\xC3\xBCrgen");
}

TEST(ParseForm, refuses_what_no_form_of_ours_sends) {
    EXPECT_FALSE(parse_form("a=1&a=2")) << "which of the two would count?";
    for (const auto* broken : {"a=%", "a=%4", "a=%zz", "a=%+1", "%=1"}) {
        EXPECT_FALSE(parse_form(broken)) << broken;
    }
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += "f" + std::to_string(i) + "=1&";
    }
    EXPECT_FALSE(parse_form(many));
}

TEST(Cookie, is_found_among_others) {
    EXPECT_EQ(cookie("a=1; warden-session=xyz; b=2", "warden-session"), "xyz");
    EXPECT_EQ(cookie("warden-session=x=y", "warden-session"), "x=y");
    EXPECT_FALSE(cookie("not-warden-session=1; warden-sessio=2", "warden-session"));
    EXPECT_FALSE(cookie("", "warden-session"));
    EXPECT_FALSE(cookie("warden-session=1; warden-session=2", "warden-session"))
        << "one of the two was planted";
}

}  // namespace
}  // namespace controller::page
