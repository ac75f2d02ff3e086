#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::map<HostId, std::string>> read_host_ha_states(Connection& connection) {
    std::map<HostId, std::string> states;
    auto done =
        connection.each_row("SELECT resource_id, ha_state FROM ha_config WHERE resource_type = 'Host'", {},
                            [&states](const Row& row) {
                                if (const auto host = row.number(0); host && !row.is_null(1)) {
                                    states.insert_or_assign(HostId{*host}, row.text_or(1, ""));
                                }
                            });
    if (!done) {
        return failure("cannot read the hosts' HA", done.error());
    }
    return states;
}

Result<std::map<HostId, PowerReading>> read_host_power(Connection& connection) {
    std::map<HostId, PowerReading> readings;
    auto done = connection.each_row(
        "SELECT host_id, power_state, enabled, update_time, mgmt_server_id FROM oobm", {},
        [&readings](const Row& row) {
            const auto host = row.number(0);
            if (host && !row.is_null(1)) {  // CloudStack forgets the state when nobody reads it any more
                readings.insert_or_assign(HostId{*host}, PowerReading{.state = row.text_or(1, ""),
                                                                      .enabled = row.number(2) == 1U,
                                                                      .since = row.time(3),
                                                                      .reader = row.number(4)});
            }
        });
    if (!done) {
        return failure("cannot read the hosts' out-of-band management", done.error());
    }
    return readings;
}

}  // namespace inventory::mariadb
