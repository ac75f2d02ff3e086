#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>

#include "inventory/mariadb/connection.hpp"

namespace inventory::mariadb {
namespace {

template <class Number>
std::optional<Number> parse_number(const std::optional<std::string>& text) {
    if (!text) {
        return std::nullopt;
    }
    Number number{};
    const char* end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end) {
        return std::nullopt;
    }
    return number;
}

/// `digits` digits at `at`, which must be all of them.
std::optional<unsigned> parse_digits(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) {
        return std::nullopt;
    }
    unsigned number = 0;
    for (const char digit : text.substr(at, digits)) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        number = number * 10 + static_cast<unsigned>(digit - '0');
    }
    return number;
}

std::optional<std::chrono::microseconds> parse_fraction(std::string_view text) {
    if (text.empty()) {
        return std::chrono::microseconds{0};
    }
    if (text.front() != '.' || text.size() < 2 || text.size() > 7) {
        return std::nullopt;
    }
    std::string digits{text.substr(1)};
    digits.append(6 - digits.size(), '0');
    const auto micro = parse_digits(digits, 0, 6);
    return micro ? std::optional{std::chrono::microseconds{*micro}} : std::nullopt;
}

bool has_datetime_marks(std::string_view text) {
    return text.size() >= 19 && text[4] == '-' && text[7] == '-' && text[10] == ' ' && text[13] == ':' &&
           text[16] == ':';
}

std::optional<Time> parse_datetime(std::string_view text) {
    if (!has_datetime_marks(text)) {
        return std::nullopt;
    }
    constexpr std::array<std::pair<std::size_t, std::size_t>, 6> places{
        {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
    std::array<unsigned, places.size()> parts{};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto part = parse_digits(text, places[i].first, places[i].second);
        if (!part) {
            return std::nullopt;
        }
        parts[i] = *part;
    }
    const auto fraction = parse_fraction(text.substr(19));
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(parts[0])},
                                           std::chrono::month{parts[1]}, std::chrono::day{parts[2]}};
    // '0000-00-00 00:00:00', which old servers store for "never", is not a date.
    if (!fraction || !date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) {
        return std::nullopt;
    }
    return Time{std::chrono::sys_days{date} + std::chrono::hours{parts[3]} + std::chrono::minutes{parts[4]} +
                std::chrono::seconds{parts[5]} + *fraction};
}

}  // namespace

std::string Row::text_or(std::size_t column, std::string_view otherwise) const {
    const auto& value = columns_.at(column);
    return value ? *value : std::string{otherwise};
}

std::optional<std::uint64_t> Row::number(std::size_t column) const {
    return parse_number<std::uint64_t>(columns_.at(column));
}

std::optional<std::int64_t> Row::signed_number(std::size_t column) const {
    return parse_number<std::int64_t>(columns_.at(column));
}

std::optional<double> Row::real(std::size_t column) const {
    return parse_number<double>(columns_.at(column));
}

std::optional<Time> Row::time(std::size_t column) const {
    const auto& value = columns_.at(column);
    return value ? parse_datetime(*value) : std::nullopt;
}

}  // namespace inventory::mariadb
