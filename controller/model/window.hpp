#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// Hours in which a remedy may act: from `from` to `to` on the clock that is `offset` ahead of UTC, on the
/// days that are set. One that ends at or before its beginning runs into the next day, and belongs to the day
/// on which it began.
struct Window {
    std::array<bool, 7> days{};  ///< by std::chrono::weekday::c_encoding(): Sunday first
    std::chrono::minutes from{};
    std::chrono::minutes to{};
    std::chrono::minutes offset{};
    std::string text;  ///< as it was written

    bool operator==(const Window&) const = default;
};

/// "Mon-Fri 22:00-06:00", "Sat,Sun 00:00-24:00 +02:00", "01:30-04:00 UTC". Without days: every day; without
/// an offset: UTC. Zones that change their clocks have no place here: at the change, nobody knows which hour
/// it is. Error: what is wrong with the text, and a form that would be right.
inventory::Result<Window> parse_window(std::string_view text);

[[nodiscard]] bool is_open(const Window& window, inventory::Time now);
/// When it opens next, after `now`.
[[nodiscard]] inventory::Time next_opening(const Window& window, inventory::Time now);

}  // namespace controller
