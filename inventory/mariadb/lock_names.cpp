#include "inventory/mariadb/lock_names.hpp"

#include <algorithm>

#include "inventory/mariadb/letters.hpp"
#include "inventory/support/text.hpp"

namespace inventory::mariadb {
namespace {

constexpr std::size_t longest_quoted_name = 64;  // of a table, and of a named lock in MySQL

bool is_of_sequence_name(char letter) {
    return (letter >= 'a' && letter <= 'z') || letter == '_';
}

template <class Claim>
bool are_all(std::string_view text, Claim claim) {
    return !text.empty() && std::all_of(text.begin(), text.end(), claim);
}

/// Takes the quoted name at the beginning of `rest`; nothing where there is none.
std::optional<std::string> take_quoted(std::string_view& rest, char quote) {
    const auto end = rest.empty() || rest.front() != quote ? std::string_view::npos : rest.find(quote, 1);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    auto name = clean_text(rest.substr(1, end - 1), longest_quoted_name);
    rest.remove_prefix(end + 1);
    return name;
}

}  // namespace

TableName table_named(std::string_view quoted) {
    const auto schema = take_quoted(quoted, '`');
    if (!schema || !quoted.starts_with('.')) {
        return {};
    }
    quoted.remove_prefix(1);
    const auto table = take_quoted(quoted, '`');
    return table ? TableName{*schema, *table} : TableName{};
}

std::string shown_key(const TableName& table, std::string_view index, std::string_view lock_data) {
    if (index != "PRIMARY") {
        return {};
    }
    if (are_all(lock_data, is_digit)) {
        return std::string{lock_data};
    }
    const auto name = table.table == "sequence" ? take_quoted(lock_data, '\'') : std::nullopt;
    return name && lock_data.empty() && are_all(*name, is_of_sequence_name) ? *name : std::string{};
}

std::optional<std::string> name_of_lock(std::string_view statement) {
    constexpr std::string_view call = "get_lock(";
    const auto found = std::search(statement.begin(), statement.end(), call.begin(), call.end(),
                                   [](char left, char right) { return lower(left) == right; });
    if (found == statement.end()) {
        return std::nullopt;
    }
    statement.remove_prefix(static_cast<std::size_t>(found - statement.begin()) + call.size());
    const auto argument = std::find_if_not(statement.begin(), statement.end(), is_space);
    statement.remove_prefix(static_cast<std::size_t>(argument - statement.begin()));
    auto name = take_quoted(statement, '\'');
    const bool is_plain = name && !name->empty() && name->find('\\') == std::string::npos;
    const bool has_ended = !statement.starts_with('\'');
    return is_plain && has_ended ? name : std::nullopt;
}

}  // namespace inventory::mariadb
