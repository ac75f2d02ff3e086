#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::string> read_schema_version(Connection& connection) {
    auto rows =
        connection.query("SELECT version FROM version WHERE step = 'Complete' ORDER BY id DESC LIMIT 1");
    if (!rows) {
        return failure("cannot read the schema's version", rows.error());
    }
    if (rows->empty()) {
        return failure("the table `version` has no completed upgrade; is this CloudStack's schema?");
    }
    return rows->front().text_or(0, "");
}

}  // namespace inventory::mariadb
