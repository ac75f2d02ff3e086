#include "service/config_reader.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace service {
namespace {

using namespace std::chrono_literals;

ConfigFile parsed(const std::string& text) {
    auto file = ConfigFile::parse("w.yml", text);
    EXPECT_TRUE(file) << file.error().message;
    return *file;
}

std::string mistakes(ConfigFile& file) {
    const auto status = file.finish();
    return status ? "" : status.error().message;
}

TEST(ConfigReader, reads_every_type) {
    auto file = parsed("a:\n  t: hello\n  w: auto\n  n: 42\n  d: 500ms\n  f: true\n");
    auto a = file.root().section("a");
    EXPECT_EQ(a.text("t"), "hello");
    EXPECT_EQ(a.word("w", {"off", "auto"}, "off"), "auto");
    EXPECT_EQ(a.number("n", 1, 100, 7), 42U);
    EXPECT_EQ(a.duration("d", 1ms, 1s), 500ms);
    EXPECT_TRUE(a.flag("f", false));
    EXPECT_EQ(mistakes(file), "");
}

TEST(ConfigReader, reads_lists_of_texts) {
    auto file = parsed("a: [x, 'y z', 3]\nb: x\nc: [[x]]\nd: []\n");
    EXPECT_EQ(file.root().list("a"), (std::vector<std::string>{"x", "y z", "3"}));
    EXPECT_TRUE(file.root().list("b").empty());
    EXPECT_TRUE(file.root().list("c").empty());
    EXPECT_TRUE(file.root().list("d").empty());
    EXPECT_TRUE(file.root().list("missing").empty());
    EXPECT_EQ(mistakes(file),
              "w.yml:2: b: must be a list of texts, not 'x'\n"
              "w.yml:3: c: must hold texts alone, not a list");
}

TEST(ConfigReader, gives_the_fallback_for_a_key_that_is_not_there) {
    auto file = parsed("a: {}\n");
    auto a = file.root().section("a");
    EXPECT_EQ(a.text("t", "else"), "else");
    EXPECT_EQ(a.number("n", 1, 100, 7), 7U);
    EXPECT_EQ(a.duration("d", 1ms, 3s), 3s);
    EXPECT_FALSE(a.has("t"));
    auto b = file.root().optional_section("b");
    EXPECT_EQ(b.duration("d", 1ms, 4s), 4s);
    EXPECT_EQ(b.text("required"), "") << "a section that may be missing lacks nothing";
    EXPECT_EQ(mistakes(file), "");
}

TEST(ConfigReader, reports_all_mistakes_at_once_with_line_path_and_remedy) {
    auto file = parsed(
        "cloud:\n"
        "  port: 99999\n"
        "  intervall: 10s\n"
        "  timeout: soon\n"
        "  freshness: 1ms\n"
        "  mode: autom\n"
        "  fast: yes\n"
        "  octal: 010\n"
        "  quoted: '5'\n"
        "  list: [1, 2]\n"
        "  empty:\n"
        "  password_file: /nowhere/password\n"
        "exporterr: 1\n");
    auto cloud = file.root().section("cloud");
    (void)cloud.text("user");
    (void)cloud.number("port", 1, 65535, 3306);
    (void)cloud.duration("interval", 1s, 10s);
    (void)cloud.duration("timeout", 1s, 5s);
    (void)cloud.duration("freshness", 1s, 30s);
    (void)cloud.word("mode", {"off", "observe", "auto"}, "observe");
    (void)cloud.flag("fast", false);
    (void)cloud.number("octal", 1, 100, 1);
    (void)cloud.number("quoted", 1, 100, 1);
    (void)cloud.text("list");
    (void)cloud.text("empty");
    (void)cloud.secret_file("password_file");
    (void)file.root().section("exporter");
    EXPECT_EQ(mistakes(file),
              "w.yml:1: cloud.user: is missing; give it a text\n"
              "w.yml:1: exporter: is missing; give it a section with keys of its own\n"
              "w.yml:2: cloud.port: must be a whole number from 1 to 65535, not '99999'\n"
              "w.yml:3: cloud.intervall: unknown key; did you mean 'interval'?\n"
              "w.yml:4: cloud.timeout: must be a duration such as 500ms, 10s, 5m or 1h, not 'soon'\n"
              "w.yml:5: cloud.freshness: must be at least 1s, not '1ms'\n"
              "w.yml:6: cloud.mode: must be one of off, observe, auto, not 'autom'; did you mean 'auto'?\n"
              "w.yml:7: cloud.fast: must be true or false, not 'yes'\n"
              "w.yml:8: cloud.octal: must be a whole number from 1 to 100, not '010'\n"
              "w.yml:9: cloud.quoted: must be a whole number from 1 to 100, not the text '5'\n"
              "w.yml:10: cloud.list: must be a text, not a list\n"
              "w.yml:11: cloud.empty: must be a text, not nothing\n"
              "w.yml:12: cloud.password_file: cannot open /nowhere/password: No such file or directory\n"
              "w.yml:13: exporterr: unknown key; did you mean 'exporter'?");
}

TEST(ConfigReader, a_section_of_the_wrong_kind_is_one_mistake) {
    auto file = parsed("cloud: 5\n");
    auto cloud = file.root().section("cloud");
    EXPECT_EQ(cloud.text("user"), "");
    EXPECT_EQ(cloud.section("database").number("port", 1, 9, 3), 3U);
    EXPECT_EQ(mistakes(file), "w.yml:1: cloud: must be a section with keys of its own, not '5'");
}

TEST(ConfigReader, leaves_the_other_programs_section_alone) {
    auto file = parsed("cloud: {}\nexporter:\n  anything: [goes, here]\n");
    (void)file.root().section("cloud");
    file.ignore("exporter");
    EXPECT_EQ(mistakes(file), "");
}

TEST(ConfigReader, reads_maps_whose_keys_are_the_operators) {
    auto file = parsed("remedies:\n  stop_sync:\n    mode: auto\nalerts:\n  A: stop_sync\n  B: [x]\n");
    auto remedies = file.root().sections("remedies");
    ASSERT_EQ(remedies.count("stop_sync"), 1U);
    EXPECT_EQ(remedies.at("stop_sync").word("mode", {"off", "auto"}, "off"), "auto");
    EXPECT_EQ(file.root().texts("alerts").at("A"), "stop_sync");
    EXPECT_TRUE(file.root().texts("absent").empty());
    EXPECT_EQ(mistakes(file), "w.yml:6: alerts.B: must be a text, not a list");
}

TEST(ConfigReader, notes_the_callers_own_mistakes_at_the_keys_line) {
    auto file = parsed("a:\n  x: 1\n  y: 2\n");
    auto a = file.root().section("a");
    (void)a.number("x", 0, 9, 0);
    (void)a.number("y", 0, 9, 0);
    a.mistake("y", "must be less than x");
    EXPECT_EQ(mistakes(file), "w.yml:3: a.y: must be less than x");
}

TEST(ConfigReader, refuses_durations_that_are_not_exactly_number_and_unit) {
    for (const auto* text :
         {"10", "s", "1.5s", "-1s", "1h30m", "10 s", "99999999999999999999h", "010s", "[1s]"}) {
        auto file = parsed(std::string{"d: "} + text + "\n");
        EXPECT_EQ(file.root().duration("d", 0s, 7s), 7s) << text;
        EXPECT_NE(mistakes(file), "") << text;
    }
}

TEST(ConfigReader, what_is_no_mapping_or_no_file_is_an_error) {
    EXPECT_EQ(ConfigFile::parse("w.yml", "").error().message,
              "w.yml: must hold sections such as 'cloud:', not nothing");
    EXPECT_EQ(ConfigFile::parse("w.yml", "[1]").error().message,
              "w.yml: must hold sections such as 'cloud:', not a list");
    EXPECT_EQ(ConfigFile::open("/nowhere/w.yml").error().message,
              "cannot open /nowhere/w.yml: No such file or directory");
    EXPECT_EQ(ConfigFile::parse("w.yml", "a: {\n").error().message.substr(0, 18), "w.yml:2:1: not YAM");
}

TEST(ConfigReader, the_hash_follows_the_bytes_and_is_exact) {
    const double one = parsed("a: 1\n").hash();
    EXPECT_EQ(one, parsed("a: 1\n").hash());
    EXPECT_NE(one, parsed("a: 2\n").hash());
    EXPECT_LT(one, 281474976710656.0);
}

}  // namespace
}  // namespace service
