#pragma once

#include "inventory/mariadb/connection.hpp"

namespace inventory::mariadb {

/// Where a server tells of its locks depends on its make. It is asked at every reading: behind the same
/// address another server may answer after a failover.
enum class ServerKind { mariadb, mysql };

/// An error also where a MySQL server runs with performance_schema=OFF: its lists of locks would be empty
/// then, which is not the same as no locks.
Result<ServerKind> read_server_kind(Connection& connection);

}  // namespace inventory::mariadb
