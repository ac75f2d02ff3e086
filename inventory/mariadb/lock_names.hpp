#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The servers' words for what is locked, read by pure functions.
namespace inventory::mariadb {

struct TableName {
    std::string schema;
    std::string table;

    bool operator==(const TableName&) const = default;
};

/// "`cloud`.`op_networks`", also with a partition behind it. Empty names where it is written otherwise.
TableName table_named(std::string_view quoted);

/// The locked row as a page may show it. What InnoDB tells is the row's key, and an index may hold a secret
/// (user.api_key): only a primary key that is a number, or the name of a row of `sequence`, passes.
std::string shown_key(const TableName& table, std::string_view index, std::string_view lock_data);

/// The name in GET_LOCK('name', ...); nullopt where the statement does not show it as a plain literal.
std::optional<std::string> name_of_lock(std::string_view statement);

}  // namespace inventory::mariadb
