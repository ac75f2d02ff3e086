#pragma once

#include <optional>

#include "inventory/mariadb/connection.hpp"

namespace inventory::mariadb {

/// A nullable id column as an id of its own type.
template <class Id>
std::optional<Id> id_at(const Row& row, std::size_t column) {
    const auto number = row.number(column);
    return number ? std::optional{Id{*number}} : std::nullopt;
}

}  // namespace inventory::mariadb
