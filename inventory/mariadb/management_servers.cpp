#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::vector<ManagementServer>> read_management_servers(Connection& connection) {
    std::vector<ManagementServer> servers;
    auto done = connection.each_row(
        "SELECT msid, name, state, last_update FROM mshost WHERE removed IS NULL ORDER BY msid", {},
        [&servers](const Row& row) {
            servers.push_back(ManagementServer{row.number(0).value_or(0), row.text_or(1, ""),
                                               row.text_or(2, ""), row.time(3)});
        });
    if (!done) {
        return failure("cannot read the management servers", done.error());
    }
    return servers;
}

}  // namespace inventory::mariadb
