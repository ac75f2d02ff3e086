#include "service/escape.hpp"

#include <gtest/gtest.h>

namespace service {
namespace {

TEST(JsonEscaped, keeps_ordinary_text_and_utf8) {
    EXPECT_EQ(json_escaped("Zürich 日本 🖥"), "Zürich 日本 🖥");
}

TEST(JsonEscaped, escapes_what_would_end_a_string_or_a_line) {
    EXPECT_EQ(json_escaped("a\"b\\c\nd\re\tf"), R"(a\"b\\c\nd\re\tf)");
    EXPECT_EQ(json_escaped(std::string{"\x01\x1b\x7f\0", 4}), R"(\u0001\u001b\u007f\u0000)");
}

TEST(JsonEscaped, replaces_what_is_not_utf8) {
    EXPECT_EQ(json_escaped("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(json_escaped("\xC3"), "\xEF\xBF\xBD") << "a sequence that the text cuts off";
    EXPECT_EQ(json_escaped("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "an overlong form";
    EXPECT_EQ(json_escaped("\xED\xA0\x80").substr(0, 3), "\xEF\xBF\xBD") << "a surrogate";
    EXPECT_EQ(json_escaped("\xF4\x90\x80\x80").substr(0, 3), "\xEF\xBF\xBD") << "beyond U+10FFFF";
}

TEST(HtmlEscaped, leaves_nothing_that_html_would_read) {
    EXPECT_EQ(html_escaped(R"(<script a="b" c='d'>&amp;)"),
              "&lt;script a=&quot;b&quot; c=&#39;d&#39;&gt;&amp;amp;");
}

}  // namespace
}  // namespace service
