#pragma once

#include <memory>

#include "controller/journal/lease.hpp"
#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

/// The lease in the journal's schema, which is prepared first; over a connection of its own, so that it waits
/// for no other work of the journal. `server.timeout` bounds each question.
inventory::Result<std::unique_ptr<Lease>> open_mariadb_lease(const inventory::mariadb::Server& server);

}  // namespace controller::journal
