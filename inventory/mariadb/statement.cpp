#include "inventory/mariadb/statement.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <type_traits>

namespace inventory::mariadb {
namespace {

std::string as_literal(std::string_view text) {
    std::string literal = "'";
    for (const char letter : text) {
        switch (letter) {
            case '\0':
                literal += "\\0";
                break;
            case '\n':
                literal += "\\n";
                break;
            case '\r':
                literal += "\\r";
                break;
            case '\x1a':
                literal += "\\Z";
                break;
            case '\\':
            case '\'':
            case '"':
                literal += '\\';
                literal += letter;
                break;
            default:
                literal += letter;
        }
    }
    return literal + "'";
}

std::string datetime(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::array<char, 48> text{};
    (void)std::snprintf(text.data(), text.size(), "'%04d-%02u-%02u %02ld:%02ld:%02ld.%06ld'",
                        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                        clock.seconds().count(), clock.subseconds().count());
    return text.data();
}

Result<std::string> shortest(double number) {
    if (!std::isfinite(number)) {
        return failure("a parameter is not a finite number");
    }
    std::array<char, 40> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
    return std::string(text.data(), written.ptr);
}

Result<std::string> literal(const Parameter& parameter) {
    return std::visit(
        [](const auto& value) -> Result<std::string> {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::nullptr_t>) {
                return "NULL";
            } else if constexpr (std::is_same_v<Value, std::string>) {
                return as_literal(value);
            } else if constexpr (std::is_same_v<Value, Time>) {
                return datetime(value);
            } else if constexpr (std::is_same_v<Value, double>) {
                return shortest(value);
            } else {
                return std::to_string(value);
            }
        },
        parameter);
}

/// The position after the quoted part that begins at `start`.
std::size_t end_of_quotes(std::string_view statement, std::size_t start) {
    std::size_t at = start + 1;
    while (at < statement.size() && statement[at] != statement[start]) {
        at += statement[at] == '\\' ? 2U : 1U;
    }
    return std::min(at + 1, statement.size());
}

bool opens_quotes(char letter) {
    return letter == '\'' || letter == '"' || letter == '`';
}

}  // namespace

Result<std::string> render_statement(std::string_view statement, const std::vector<Parameter>& parameters) {
    std::string text;
    std::size_t used = 0;
    std::size_t at = 0;
    while (at < statement.size()) {
        if (opens_quotes(statement[at])) {
            const auto end = end_of_quotes(statement, at);
            text += statement.substr(at, end - at);
            at = end;
            continue;
        }
        if (statement[at] != '?') {
            text += statement[at++];
            continue;
        }
        if (used == parameters.size()) {
            return failure("a statement has more marks than its " + std::to_string(used) + " parameters");
        }
        auto value = literal(parameters[used++]);
        if (!value) {
            return tl::unexpected(value.error());
        }
        text += *value;
        ++at;
    }
    if (used != parameters.size()) {
        return failure("a statement has " + std::to_string(used) + " marks for " +
                       std::to_string(parameters.size()) + " parameters");
    }
    return text;
}

}  // namespace inventory::mariadb
