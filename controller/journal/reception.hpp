#pragma once

#include "controller/journal/journal.hpp"
#include "inventory/mariadb/connection.hpp"

// Statements of one transaction each, run by the journal's store.
namespace controller::journal {

inventory::Result<Reception> receive(inventory::mariadb::Connection& connection, const Alert& alert,
                                     Remedy remedy, inventory::Time now);
inventory::Result<std::size_t> resolve(inventory::mariadb::Connection& connection, const Alert& alert,
                                       inventory::Time now);

}  // namespace controller::journal
