#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::chrono::seconds> read_ping_interval(Connection& connection) {
    constexpr std::chrono::seconds cloudstack_default{60};
    auto rows = connection.query("SELECT COALESCE(value, default_value) FROM configuration WHERE name = ?",
                                 {std::string{"ping.interval"}});
    if (!rows) {
        return failure("cannot read the setting ping.interval", rows.error());
    }
    if (rows->empty() || rows->front().is_null(0)) {
        return cloudstack_default;
    }
    const auto seconds = rows->front().number(0);
    if (!seconds || *seconds == 0 || *seconds > 86'400) {
        return failure("the setting ping.interval is '" + rows->front().text_or(0, "") +
                       "', which is no number of seconds between 1 and 86400; correct it in CloudStack");
    }
    return std::chrono::seconds{*seconds};
}

}  // namespace inventory::mariadb
