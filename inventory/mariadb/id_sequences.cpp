#include "inventory/mariadb/health_queries.hpp"

namespace inventory::mariadb {
namespace {

/// The generators that are drawn from for every row of a table which Warden may read. `volume_seq` is not one
/// of them: CloudStack declares it, but leaves the ids of volumes to AUTO_INCREMENT, so that it stands at its
/// first value for ever. Each id and its generator are compared as of one moment; a maximum of a primary key
/// is one look at the end of its index.
constexpr std::string_view generators =
    "SELECT 'vm_instance_seq', (SELECT value FROM sequence WHERE name = 'vm_instance_seq'),"
    " (SELECT MAX(id) FROM vm_instance)"
    " UNION ALL SELECT 'networks_seq', (SELECT value FROM sequence WHERE name = 'networks_seq'),"
    " (SELECT MAX(id) FROM networks)";

}  // namespace

Result<std::vector<IdSequence>> read_id_sequences(Connection& connection) {
    std::vector<IdSequence> sequences;
    auto done = connection.each_row(generators, {}, [&sequences](const Row& row) {
        sequences.push_back(IdSequence{row.text_or(0, ""), row.number(1), row.number(2).value_or(0)});
    });
    if (!done) {
        return failure("cannot read the sequences of ids", done.error());
    }
    return sequences;
}

}  // namespace inventory::mariadb
