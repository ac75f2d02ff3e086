#include "service/yaml_document.hpp"

#include <gtest/gtest.h>

namespace service {
namespace {

TEST(YamlDocument, keeps_lines_and_quotes) {
    const auto document = parse_yaml("a: 1\nb:\n  c: '2'\n");
    ASSERT_TRUE(document);
    ASSERT_EQ(document->root.entries.size(), 2U);
    const auto& b = document->root.entries[1];
    EXPECT_EQ(b.line, 2);
    EXPECT_EQ(b.value.line, 2);
    EXPECT_EQ(b.value.entries[0].line, 3);
    EXPECT_TRUE(b.value.entries[0].value.quoted);
    EXPECT_FALSE(document->root.entries[0].value.quoted);
}

TEST(YamlDocument, tells_where_it_is_not_yaml) {
    const auto document = parse_yaml("a: 1\nb: [1, 2\n");
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().message.substr(0, 14), "3:1: not YAML:") << document.error().message;
}

TEST(YamlDocument, notes_duplicates_aliases_and_a_second_document) {
    const auto document = parse_yaml("a:\n  x: &n 1\n  x: 2\nb: *n\n---\nc: 1\n");
    ASSERT_TRUE(document) << document.error().message;
    ASSERT_EQ(document->mistakes.size(), 3U);
    EXPECT_EQ(document->mistakes[0].text, "a.x: given twice, first on line 2; remove one");
    EXPECT_EQ(document->mistakes[1].text, "b: aliases are not supported; write the value out");
    EXPECT_EQ(document->mistakes[2].text, "a second document begins; one file holds one");
    EXPECT_EQ(document->root.entries[0].value.entries[0].value.text, "1") << "the first of two counts";
}

TEST(YamlDocument, refuses_bottomless_nesting) {
    EXPECT_FALSE(parse_yaml(std::string(20'000, '[')));
    EXPECT_FALSE(parse_yaml("a: " + std::string(20'000, '{')));
}

}  // namespace
}  // namespace service
