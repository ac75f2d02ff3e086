#include "inventory/support/time.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace inventory {

Time system_now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

double to_unix_seconds(Time time) {
    return to_seconds(time.time_since_epoch());
}

double to_seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

std::string to_rfc3339(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
    std::array<char, 160> text{};  // as long as the compiler can prove: GCC 14 does not know the ranges
    (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ld.%03ldZ",
                        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                        clock.seconds().count(), clock.subseconds().count());
    return text.data();
}

std::string to_words(Duration duration) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    const bool negative = milliseconds < 0;
    const auto total = std::llabs(milliseconds);
    const auto seconds = total / 1000;
    std::string text;
    if (total < 60'000) {
        text = std::to_string(seconds);
        if (total < 10'000) {
            text += "." + std::to_string(total % 1000 / 100);
        }
        text += "s";
    } else if (seconds < 3600) {
        text = std::to_string(seconds / 60) + "m" + std::to_string(seconds % 60) + "s";
    } else {
        text = std::to_string(seconds / 3600) + "h" + std::to_string(seconds % 3600 / 60) + "m";
    }
    return negative ? "-" + text : text;
}

}  // namespace inventory
