#pragma once

#include <functional>
#include <memory>

#include "controller/journal/fence.hpp"
#include "controller/journal/journal.hpp"
#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

/// Opens the journal on MariaDB or MySQL: prepares its schema, then answers from any thread. `on_write` is
/// told how long each change took until it was durable. `fence` is asked for the token of every write that
/// belongs to executing.
inventory::Result<std::unique_ptr<Journal>> open_mariadb_journal(
    const inventory::mariadb::Server& server, std::function<void(inventory::Duration)> on_write, Fence fence);

}  // namespace controller::journal
