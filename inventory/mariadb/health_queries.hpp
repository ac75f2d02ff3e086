#pragma once

#include "inventory/mariadb/connection.hpp"
#include "inventory/model/database_health.hpp"

/// The queries of the readings beside the records: one file each. None of them locks a row.
namespace inventory::mariadb {

/// Which features this schema and these privileges allow (reference 3: columns come and go between 4.18 and
/// 4.22). An error means that the server could not be asked.
Result<SchemaReport> read_features(Connection& connection);

}  // namespace inventory::mariadb
