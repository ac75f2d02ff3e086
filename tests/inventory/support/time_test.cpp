#include "inventory/support/time.hpp"

#include <gtest/gtest.h>

namespace inventory {
namespace {

using namespace std::chrono_literals;

TEST(Time, is_written_as_rfc3339_in_utc) {
    EXPECT_EQ(
        to_rfc3339(Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 3h + 4min + 5s + 678ms}),
        "2026-01-02T03:04:05.678Z");
}

TEST(Time, in_words_has_the_precision_a_person_can_use) {
    EXPECT_EQ(to_words(1500ms), "1.5s");
    EXPECT_EQ(to_words(42s), "42s");
    EXPECT_EQ(to_words(150s), "2m30s");
    EXPECT_EQ(to_words(-(2h + 5min)), "-2h5m");
}

}  // namespace
}  // namespace inventory
