#include "controller/model/window.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace controller {
namespace {

using inventory::Result;
using inventory::Time;
using std::chrono::days;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr minutes whole_day{days{1}};
constexpr minutes largest_offset{std::chrono::hours{14}};

tl::unexpected<inventory::Error> wrong(std::string_view text, const std::string& why) {
    return inventory::failure("\"" + std::string{text} + "\" is no window: " + why +
                              "; write one as \"Mon-Fri 22:00-06:00\", \"Sat,Sun 00:00-24:00\" or "
                              "\"01:30-04:00 +02:00\" (UTC when no offset is given)");
}

/// The parts between separators, also empty ones.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::optional<unsigned> two_digits(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = text.size() == 2 && error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

/// "HH:MM", up to 24:00.
std::optional<minutes> clock_time(std::string_view text) {
    constexpr unsigned minutes_in_hour = 60;
    const auto hour = two_digits(text.substr(0, std::min<std::size_t>(2, text.size())));
    if (text.size() != 5 || text[2] != ':' || !hour) {
        return std::nullopt;
    }
    const auto minute = two_digits(text.substr(3));
    if (!minute || *minute >= minutes_in_hour) {
        return std::nullopt;
    }
    const minutes time{*hour * minutes_in_hour + *minute};
    return time <= whole_day ? std::optional{time} : std::nullopt;
}

std::optional<std::size_t> day_of(std::string_view name) {
    const auto found = std::ranges::find(day_names, name);
    return found == day_names.end()
               ? std::nullopt
               : std::optional{static_cast<std::size_t>(std::distance(day_names.begin(), found))};
}

/// "Mon" or "Fri-Mon", round the end of the week.
bool add_days(std::string_view range, Window& window) {
    const auto ends = split(range, '-');
    const auto first = day_of(ends.front());
    const auto last = day_of(ends.back());
    if (!first || !last || ends.size() > 2) {
        return false;
    }
    for (auto day = *first;; day = (day + 1) % day_names.size()) {
        window.days.at(day) = true;
        if (day == *last) {
            return true;
        }
    }
}

bool read_days(std::string_view text, Window& window) {
    const auto ranges = split(text, ',');
    return std::ranges::all_of(ranges, [&window](auto range) { return add_days(range, window); });
}

bool read_hours(std::string_view text, Window& window) {
    const auto ends = split(text, '-');
    const auto from = clock_time(ends.front());
    const auto to = clock_time(ends.back());
    if (ends.size() != 2 || !from || !to || *from == *to || *from == whole_day) {
        return false;
    }
    window.from = *from;
    window.to = *to > *from ? *to : *to + whole_day;
    return true;
}

bool read_offset(std::string_view text, Window& window) {
    if (text == "UTC") {
        return true;
    }
    const bool behind = text.starts_with('-');
    const auto size = behind || text.starts_with('+') ? clock_time(text.substr(1)) : std::nullopt;
    if (!size || *size > largest_offset) {
        return false;
    }
    window.offset = behind ? -*size : *size;
    return true;
}

bool begins_with_digit(std::string_view text) {
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

/// Calls `visit` with the beginning and the end of each opening around `now`: those of the last days, and of
/// the next week.
template <class Visit>
void each_opening(const Window& window, Time now, const Visit& visit) {
    const auto today = std::chrono::floor<days>(now + window.offset);
    for (auto day = today - days{1}; day <= today + days{7}; day += days{1}) {
        if (window.days.at(std::chrono::weekday{day}.c_encoding())) {
            visit(Time{day} + window.from - window.offset, Time{day} + window.to - window.offset);
        }
    }
}

}  // namespace

Result<Window> parse_window(std::string_view text) {
    Window window;
    window.text = std::string{text};
    auto words = split(text, ' ');
    if (begins_with_digit(text)) {
        window.days.fill(true);
    } else if (read_days(words.front(), window)) {
        words.erase(words.begin());
    } else {
        return wrong(text, "its days are not among Sun, Mon, Tue, Wed, Thu, Fri, Sat");
    }
    if (words.empty() || !read_hours(words.front(), window)) {
        return wrong(text, "its hours are not from HH:MM to another HH:MM, 00:00 to 24:00");
    }
    if (words.size() > 2 || (words.size() == 2 && !read_offset(words.back(), window))) {
        return wrong(text, "its offset is neither UTC nor like +02:00, at most 14:00");
    }
    return window;
}

bool is_open(const Window& window, Time now) {
    bool open = false;
    each_opening(window, now, [&](Time from, Time to) { open = open || (from <= now && now < to); });
    return open;
}

Time next_opening(const Window& window, Time now) {
    auto next = Time::max();
    each_opening(window, now, [&](Time from, Time) { next = from > now ? std::min(next, from) : next; });
    return next;
}

}  // namespace controller
