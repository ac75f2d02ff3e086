#include "inventory/support/rfc3339.hpp"

#include <gtest/gtest.h>

namespace inventory {
namespace {

using namespace std::chrono_literals;

const inventory::Time noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + 12h;

TEST(Rfc3339, is_read_with_any_offset) {
    EXPECT_EQ(parse_rfc3339("2026-11-21T12:00:00Z"), noon);
    EXPECT_EQ(parse_rfc3339("2026-11-21T14:00:00+02:00"), noon);
    EXPECT_EQ(parse_rfc3339("2026-11-21T06:30:00-05:30"), noon);
}

TEST(Rfc3339, is_cut_to_microseconds) {
    EXPECT_EQ(parse_rfc3339("2026-11-21T12:00:00.5Z"), noon + 500ms);
    EXPECT_EQ(parse_rfc3339("2026-11-21T12:00:00.123456789Z"), noon + 123'456us);
    EXPECT_EQ(parse_rfc3339("2026-11-21T12:00:00.000000999Z"), noon);
    EXPECT_EQ(parse_rfc3339("2026-11-21T12:00:00." + std::string(1000, '9') + "Z"), noon + 999'999us);
}

TEST(Rfc3339, is_written_so_that_it_can_be_read_back) {
    EXPECT_EQ(to_rfc3339_exactly(noon), "2026-11-21T12:00:00.000Z");
    EXPECT_EQ(to_rfc3339_exactly(noon + 7us), "2026-11-21T12:00:00.000007Z");
    EXPECT_EQ(to_rfc3339_exactly(noon + 678'901us), "2026-11-21T12:00:00.678901Z");
    EXPECT_EQ(parse_rfc3339(to_rfc3339_exactly(noon + 678'901us)), noon + 678'901us);
}

TEST(Rfc3339, that_is_none_is_not_guessed) {
    for (const auto* text :
         {"", "now", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-02-30T00:00:00Z",
          "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T12:60:00Z", "2026-11-21T12:00:00",
          "2026-11-21T12:00:00.Z", "2026-11-21T12:00:00Zx", "2026-11-21 12:00:00Z",
          "2026-11-21T12:00:00+0200", "2026-1-21T12:00:00Z", "-026-11-21T12:00:00Z", "2026-11--1T12:00:00Z",
          "1700000000"}) {
        EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace inventory
