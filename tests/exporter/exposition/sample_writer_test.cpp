#include "exporter/exposition/sample_writer.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using exporter::FamilyType;
using exporter::SampleWriter;

std::string value_of(double value) {
    std::string out;
    SampleWriter writer(out);
    writer.start("x", "h", FamilyType::gauge);
    writer.sample({}, value);
    return out.substr(out.rfind("x ") + 2);
}

std::string label_of(std::string_view value) {
    std::string out;
    SampleWriter writer(out);
    writer.start("x", "h", FamilyType::gauge);
    writer.flag({{"l", value}}, true);
    return out.substr(out.rfind("\nx") + 2);
}

TEST(SampleWriter, writes_the_header_with_the_first_sample) {
    std::string out;
    SampleWriter writer(out);
    writer.start("a", "Never seen.", FamilyType::gauge);
    writer.start("b_total", "Seen.", FamilyType::counter);
    writer.count({{"l", "1"}, {"m", "2"}}, 7);
    writer.flag({}, false);
    EXPECT_EQ(out,
              "# HELP b_total Seen.\n# TYPE b_total counter\n"
              "b_total{l=\"1\",m=\"2\"} 7\nb_total 0\n");
    EXPECT_EQ(writer.samples(), 2U);
}

TEST(SampleWriter, escapes_help) {
    std::string out;
    SampleWriter writer(out);
    writer.start("a", "two\nlines, a \\ and \"quotes\"", FamilyType::gauge);
    writer.flag({}, true);
    EXPECT_EQ(out, "# HELP a two\\nlines, a \\\\ and \"quotes\"\n# TYPE a gauge\na 1\n");
}

TEST(SampleWriter, leaves_out_empty_labels) {
    std::string out;
    SampleWriter writer(out);
    writer.start("a", "h", FamilyType::gauge);
    writer.flag({{"l", ""}, {"m", "2"}, {"n", ""}}, true);
    writer.flag({{"l", ""}}, true);
    EXPECT_EQ(out, "# HELP a h\n# TYPE a gauge\na{m=\"2\"} 1\na 1\n");
}

TEST(SampleWriter, escapes_label_values) {
    EXPECT_EQ(label_of("a\"b\\c\nd"), "{l=\"a\\\"b\\\\c\\nd\"} 1\n");
    EXPECT_EQ(label_of("tab\there"), "{l=\"tab\there\"} 1\n");
}

TEST(SampleWriter, keeps_utf8_and_replaces_what_is_not) {
    EXPECT_EQ(label_of("Zürich 東京 🖥"), "{l=\"Zürich 東京 🖥\"} 1\n");
    EXPECT_EQ(label_of("\xFFok"), "{l=\"\uFFFDok\"} 1\n");
    EXPECT_EQ(label_of("cut \xE6\x9D"), "{l=\"cut \uFFFD\uFFFD\"} 1\n");
    EXPECT_EQ(label_of("overlong \xC0\xAF"), "{l=\"overlong \uFFFD\uFFFD\"} 1\n");
    EXPECT_EQ(label_of("surrogate \xED\xA0\x80"), "{l=\"surrogate \uFFFD\uFFFD\uFFFD\"} 1\n");
    EXPECT_EQ(label_of("beyond \xF4\x90\x80\x80"), "{l=\"beyond \uFFFD\uFFFD\uFFFD\uFFFD\"} 1\n");
}

TEST(SampleWriter, writes_numbers_exactly) {
    EXPECT_EQ(value_of(0), "0\n");
    EXPECT_EQ(value_of(-0.5), "-0.5\n");
    EXPECT_EQ(value_of(0.1), "0.1\n");
    EXPECT_EQ(value_of(100000), "100000\n");
    EXPECT_EQ(value_of(1767323045.123456), "1767323045.123456\n");
    EXPECT_EQ(value_of(9007199254740993.0), "9007199254740992\n");
    EXPECT_EQ(value_of(1e300), "1e+300\n");
    EXPECT_EQ(value_of(5e-324), "5e-324\n");
    EXPECT_EQ(value_of(1e-7), "1e-07\n");
}

TEST(SampleWriter, writes_what_is_no_number) {
    EXPECT_EQ(value_of(std::nan("")), "NaN\n");
    EXPECT_EQ(value_of(std::numeric_limits<double>::infinity()), "+Inf\n");
    EXPECT_EQ(value_of(-std::numeric_limits<double>::infinity()), "-Inf\n");
}

TEST(SampleWriter, writes_counts_beyond_what_a_double_holds) {
    std::string out;
    SampleWriter writer(out);
    writer.start("x", "h", FamilyType::gauge);
    writer.count({}, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(out.substr(out.rfind("x ")), "x 18446744073709551615\n");
}

}  // namespace
