#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {
namespace {

Result<std::map<HostId, std::string>> words_by_host(Connection& connection, std::string_view statement) {
    std::map<HostId, std::string> words;
    auto done = connection.each_row(statement, {}, [&words](const Row& row) {
        if (const auto host = row.number(0); host && !row.is_null(1)) {
            words.insert_or_assign(HostId{*host}, row.text_or(1, ""));
        }
    });
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return words;
}

}  // namespace

Result<std::map<HostId, std::string>> read_host_ha_states(Connection& connection) {
    auto states =
        words_by_host(connection, "SELECT resource_id, ha_state FROM ha_config WHERE resource_type = 'Host'");
    if (!states) {
        return failure("cannot read the hosts' HA", states.error());
    }
    return states;
}

Result<std::map<HostId, std::string>> read_oobm_power_states(Connection& connection) {
    auto states = words_by_host(connection, "SELECT host_id, power_state FROM oobm");
    if (!states) {
        return failure("cannot read the hosts' out-of-band management", states.error());
    }
    return states;
}

}  // namespace inventory::mariadb
