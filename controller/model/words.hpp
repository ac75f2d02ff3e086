#pragma once

#include <optional>
#include <string_view>

namespace controller::words {

/// The word of a value in a table of (value, word) pairs; every value has one.
template <class Table, class Value>
std::string_view word_of(const Table& table, Value value) {
    for (const auto& [candidate, word] : table) {
        if (candidate == value) {
            return word;
        }
    }
    return {};
}

template <class Table>
auto value_of(const Table& table, std::string_view wanted)
    -> std::optional<typename Table::value_type::first_type> {
    for (const auto& [value, word] : table) {
        if (word == wanted) {
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace controller::words
