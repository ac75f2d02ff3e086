#include "inventory/mariadb/health_queries.hpp"

namespace inventory::mariadb {

Result<std::vector<MacSequence>> read_mac_sequences(Connection& connection) {
    std::vector<MacSequence> sequences;
    // op_networks keeps its rows when a network is removed, and has no such mark of its own.
    auto done = connection.each_row(
        "SELECT n.id, COALESCE(n.uuid, n.id), n.name, o.mac_address_seq FROM networks n"
        " LEFT JOIN op_networks o ON o.id = n.id WHERE n.removed IS NULL ORDER BY n.id",
        {}, [&sequences](const Row& row) {
            Network network{NetworkId{row.number(0).value_or(0)}, row.text_or(1, ""), row.text_or(2, "")};
            sequences.push_back(MacSequence{std::move(network), row.number(3)});
        });
    if (!done) {
        return failure("cannot read the MAC sequences", done.error());
    }
    return sequences;
}

}  // namespace inventory::mariadb
