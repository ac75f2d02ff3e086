#include "inventory/mariadb/server_kind.hpp"

namespace inventory::mariadb {

Result<ServerKind> read_server_kind(Connection& connection) {
    auto rows = connection.query("SELECT VERSION() LIKE '%MariaDB%', @@global.performance_schema");
    if (!rows) {
        return failure("cannot find out which server this is", rows.error());
    }
    if (rows->empty()) {
        return failure("the server does not tell its version");
    }
    const auto& row = rows->front();
    if (row.number(0) == 1U) {
        return ServerKind::mariadb;
    }
    if (row.number(1) != 1U) {
        return failure(
            "MySQL tells of locks in performance_schema only, and it is switched off; set "
            "performance_schema=ON in"
            " the server's configuration and restart it");
    }
    return ServerKind::mysql;
}

}  // namespace inventory::mariadb
