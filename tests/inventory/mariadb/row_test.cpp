#include <gtest/gtest.h>

#include "inventory/mariadb/connection.hpp"

namespace inventory::mariadb {
namespace {

Row row_with(std::optional<std::string> text) {
    return Row{{std::move(text)}};
}

TEST(Row, null_is_no_value_of_any_type) {
    const auto row = row_with(std::nullopt);
    EXPECT_TRUE(row.is_null(0));
    EXPECT_FALSE(row.number(0));
    EXPECT_FALSE(row.time(0));
    EXPECT_EQ(row.text_or(0, "none"), "none");
}

TEST(Row, a_number_must_be_nothing_but_a_number) {
    EXPECT_EQ(row_with("18446744073709551615").number(0), 18446744073709551615ULL);
    EXPECT_FALSE(row_with("18446744073709551616").number(0));
    EXPECT_FALSE(row_with("12x").number(0));
    EXPECT_FALSE(row_with("").number(0));
    EXPECT_FALSE(row_with("-1").number(0));
    EXPECT_EQ(row_with("-1").signed_number(0), -1);
}

TEST(Row, a_datetime_is_read_as_utc) {
    const Time midnight{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2}};
    EXPECT_EQ(row_with("2026-01-02 00:00:00").time(0), midnight);
    EXPECT_EQ(row_with("2026-01-02 00:00:00.5").time(0), midnight + std::chrono::milliseconds{500});
    EXPECT_EQ(row_with("2026-01-02 00:00:00.000001").time(0), midnight + std::chrono::microseconds{1});
}

TEST(Row, what_is_no_date_is_no_time) {
    for (const char* text : {"0000-00-00 00:00:00", "2026-02-30 00:00:00", "2026-01-02",
                             "2026-01-02 24:00:00", "2026-01-02 00:00:00.", "2026-01-02 00:00:00.1234567",
                             "2026-01-02T00:00:00", "20x6-01-02 00:00:00", ""}) {
        EXPECT_FALSE(row_with(text).time(0)) << text;
    }
}

}  // namespace
}  // namespace inventory::mariadb
