#pragma once

#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

/// Makes the journal's schema when it is missing and brings it up to date. Any number of controllers may do
/// so at once, on Galera too: a row that only one can insert decides who carries out a migration, and the
/// others wait for it. Errors: the schema's name is none, it is CloudStack's own, or a newer controller's.
inventory::Status prepare_schema(const inventory::mariadb::Server& server);

}  // namespace controller::journal
