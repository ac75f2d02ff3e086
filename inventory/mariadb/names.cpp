#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {
namespace {

template <class Id>
Result<std::map<Id, std::string>> read_names(Connection& connection, std::string_view statement,
                                             const std::string& what) {
    std::map<Id, std::string> names;
    auto done = connection.each_row(statement, {}, [&names](const Row& row) {
        if (const auto id = row.number(0)) {
            names.emplace(Id{*id}, row.text_or(1, ""));
        }
    });
    if (!done) {
        return failure("cannot read the names of the " + what, done.error());
    }
    return names;
}

}  // namespace

Result<std::map<ZoneId, std::string>> read_zone_names(Connection& connection) {
    return read_names<ZoneId>(connection, "SELECT id, name FROM data_center WHERE removed IS NULL", "zones");
}

Result<std::map<ClusterId, std::string>> read_cluster_names(Connection& connection) {
    return read_names<ClusterId>(connection, "SELECT id, name FROM cluster WHERE removed IS NULL",
                                 "clusters");
}

}  // namespace inventory::mariadb
