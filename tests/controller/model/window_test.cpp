#include "controller/model/window.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller {
namespace {

using namespace std::chrono_literals;
using inventory::Time;
using testing::HasSubstr;

/// 2026-03-09 is a Monday.
Time at(int day, std::chrono::minutes clock) {
    return std::chrono::sys_days{std::chrono::year{2026} / 3 / day} + clock;
}

Window window(std::string_view text) {
    const auto parsed = parse_window(text);
    EXPECT_TRUE(parsed) << parsed.error().message;
    return parsed.value_or(Window{});
}

TEST(Window, of_every_day_opens_and_closes_on_the_minute) {
    const auto nightly = window("01:30-04:00");
    EXPECT_FALSE(is_open(nightly, at(9, 90min) - 1us));
    EXPECT_TRUE(is_open(nightly, at(9, 90min)));
    EXPECT_TRUE(is_open(nightly, at(15, 4h) - 1us));
    EXPECT_FALSE(is_open(nightly, at(15, 4h)));
}

TEST(Window, over_midnight_belongs_to_the_day_on_which_it_began) {
    const auto weekdays = window("Mon-Fri 22:00-06:00");
    EXPECT_FALSE(is_open(weekdays, at(9, 5h))) << "Monday's early hours are Sunday's";
    EXPECT_TRUE(is_open(weekdays, at(9, 22h)));
    EXPECT_TRUE(is_open(weekdays, at(10, 5h)));
    EXPECT_TRUE(is_open(weekdays, at(14, 5h))) << "Saturday's early hours are Friday's";
    EXPECT_FALSE(is_open(weekdays, at(14, 6h)));
    EXPECT_FALSE(is_open(weekdays, at(14, 23h)));
}

TEST(Window, takes_days_one_by_one_and_round_the_end_of_the_week) {
    const auto odd = window("Wed,Sat-Mon 00:00-24:00");
    for (const auto& [day, open] :
         {std::pair{9, true}, {10, false}, {11, true}, {12, false}, {13, false}, {14, true}, {15, true}}) {
        EXPECT_EQ(is_open(odd, at(day, 12h)), open) << day;
        EXPECT_EQ(is_open(odd, at(day, 0h)), open) << day;
        EXPECT_EQ(is_open(odd, at(day, 24h) - 1us), open) << day;
    }
}

TEST(Window, keeps_to_a_fixed_offset) {
    const auto kolkata = window("Mon 00:00-01:00 +05:30");
    EXPECT_TRUE(is_open(kolkata, at(8, 18h + 30min))) << "Monday there, Sunday in UTC";
    EXPECT_FALSE(is_open(kolkata, at(9, 0h)));
    const auto newfoundland = window("Mon 23:00-24:00 -03:30");
    EXPECT_TRUE(is_open(newfoundland, at(10, 3h)));
    EXPECT_EQ(window("01:30-04:00 UTC").offset, 0min);
}

TEST(Window, says_when_it_opens_next) {
    const auto weekdays = window("Mon-Fri 22:00-06:00");
    EXPECT_EQ(next_opening(weekdays, at(9, 5h)), at(9, 22h));
    EXPECT_EQ(next_opening(weekdays, at(9, 22h)), at(10, 22h)) << "it is open";
    EXPECT_EQ(next_opening(weekdays, at(14, 12h)), at(16, 22h));
    EXPECT_EQ(next_opening(window("Sun 10:00-11:00"), at(8, 10h)), at(15, 10h));
}

TEST(Window, opens_at_some_minute_of_every_week_as_it_says) {
    for (const auto* const text :
         {"Tue 23:59-00:01", "Sun-Sat 12:00-11:59 -14:00", "Thu 00:00-24:00 +14:00"}) {
        const auto some = window(text);
        const auto opens = next_opening(some, at(9, 0h));
        EXPECT_TRUE(is_open(some, opens)) << text;
        EXPECT_LE(opens, at(9, 0h) + 8 * 24h) << text;
    }
}

TEST(Window, that_cannot_be_meant_is_a_mistake_which_says_what_is_right) {
    for (const auto* const text : {"",
                                   " ",
                                   "Mon",
                                   "Mon ",
                                   "Mon-Fri",
                                   "Mon-Fri 22:00",
                                   "Mon-Fri 22:00-",
                                   "22:00-22:00",
                                   "24:00-01:00",
                                   "22:00-25:00",
                                   "22:60-23:00",
                                   "2:00-3:00",
                                   "22:00-23:00 CET",
                                   "22:00-23:00 +15:00",
                                   "22:00-23:00 02:00",
                                   "Mo 22:00-23:00",
                                   "mon 22:00-23:00",
                                   "Mon- 22:00-23:00 ",
                                   "Mon,,Tue 22:00-23:00",
                                   "Mon 22:00-23:00 UTC x",
                                   "Mon 22-23",
                                   "Mon 22:00-23:00 +02",
                                   "-1:00-02:00"}) {
        const auto parsed = parse_window(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_THAT(parsed.error().message, HasSubstr("Mon-Fri 22:00-06:00"));
    }
}

}  // namespace
}  // namespace controller
