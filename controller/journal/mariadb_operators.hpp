#pragma once

#include <functional>
#include <memory>

#include "controller/journal/operators.hpp"
#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

/// Operators' words in the journal's schema, which is prepared when it is missing. `on_write` is told how
/// long each change took until it was durable.
inventory::Result<std::unique_ptr<Operators>> open_mariadb_operators(
    const inventory::mariadb::Server& server, std::function<void(inventory::Duration)> on_write);

}  // namespace controller::journal
