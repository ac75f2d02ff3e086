#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::chrono::seconds> read_time_zone_offset(Connection& connection) {
    // NOW() here would be UTC, since our session is: CloudStack's sessions have the global zone.
    auto rows = connection.query(
        "SELECT TIMESTAMPDIFF(SECOND, t.utc, CONVERT_TZ(t.utc, '+00:00', @@global.time_zone)),"
        " @@global.time_zone FROM (SELECT UTC_TIMESTAMP() AS utc) t");
    if (!rows) {
        return failure("cannot read the server's time zone", rows.error());
    }
    const auto seconds = rows->empty() ? std::nullopt : rows->front().signed_number(0);
    if (!seconds) {
        return failure("the server's time zone '" + (rows->empty() ? "" : rows->front().text_or(1, "")) +
                       "' is not in its time zone tables; load them with mysql_tzinfo_to_sql");
    }
    return std::chrono::seconds{*seconds};
}

}  // namespace inventory::mariadb
