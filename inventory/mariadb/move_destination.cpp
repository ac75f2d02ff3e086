#include "inventory/mariadb/columns.hpp"
#include "inventory/mariadb/move_queries.hpp"

namespace inventory::mariadb {
namespace {

/// The columns of the query below, in their order.
namespace network_row {
enum Column : std::size_t { id, uuid, name, guest_type, owner, next_mac, is_usable, is_unused };
}  // namespace network_row

/// The guest networks of the VM's zone that are the account's own, or that its domain may use (those of a
/// domain above it, too, where they are open to sub-domains); more are added by uuid.
constexpr std::string_view networks_of_zone =
    "SELECT n.id, n.uuid, n.name, n.guest_type, n.account_id, o.mac_address_seq,"
    " n.account_id = ? OR s.network_id IS NOT NULL,"
    " n.state = 'Allocated' AND n.name = CONCAT(?, '-network') AND NOT EXISTS"
    " (SELECT 1 FROM nics i WHERE i.network_id = n.id AND i.removed IS NULL)"
    " FROM vm_instance v JOIN networks n ON n.data_center_id = v.data_center_id AND n.removed IS NULL"
    " AND n.traffic_type = 'Guest' LEFT JOIN op_networks o ON o.id = n.id LEFT JOIN"
    " (SELECT DISTINCT r.network_id FROM domain_network_ref r JOIN domain d ON d.id = r.domain_id"
    " JOIN domain own ON own.id = ? WHERE d.id = own.id"
    " OR (r.subdomain_access = 1 AND LEFT(own.path, CHAR_LENGTH(d.path)) = d.path)) s"
    " ON s.network_id = n.id AND n.acl_type = 'Domain'"
    " WHERE v.uuid = ? AND v.removed IS NULL AND (n.account_id = ? OR s.network_id IS NOT NULL";

/// As the table has it: "ROOT/sales" and "/sales" are "/sales/". A uuid stays what it is.
std::string stored_path(std::string domain) {
    constexpr std::string_view root = "ROOT";
    if (domain == root) {
        return "/";
    }
    if (domain.starts_with("ROOT/")) {
        domain.erase(0, root.size());
    }
    if (domain.starts_with('/') && !domain.ends_with('/')) {
        domain += '/';
    }
    return domain;
}

Result<std::optional<MoveDestination>> read_account(Connection& connection, const std::string& account,
                                                    const std::string& domain) {
    const auto rows = connection.query(
        "SELECT a.id, d.id, a.account_name, a.state, d.uuid, d.path, s.value FROM account a"
        " JOIN domain d ON d.id = a.domain_id LEFT JOIN sequence s ON s.name = 'networks_seq'"
        " WHERE a.account_name = ? AND a.removed IS NULL AND d.removed IS NULL AND (d.uuid = ? OR d.path = "
        "?)",
        {account, domain, stored_path(domain)});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    if (rows->size() != 1) {
        return std::nullopt;
    }
    const auto& row = rows->front();
    return MoveDestination{
        .owner = {AccountId{row.number(0).value_or(0)}, AccountDomainId{row.number(1).value_or(0)}},
        .account = row.text_or(2, ""),
        .account_state = row.text_or(3, ""),
        .domain_uuid = row.text_or(4, ""),
        .domain_path = row.text_or(5, ""),
        .networks = {},
        .next_network_id = row.number(6)};
}

DestinationNetwork destination_network(const Row& row) {
    return {.id = NetworkId{row.number(network_row::id).value_or(0)},
            .uuid = row.text_or(network_row::uuid, ""),
            .name = row.text_or(network_row::name, ""),
            .guest_type = row.text_or(network_row::guest_type, ""),
            .owner = AccountId{row.number(network_row::owner).value_or(0)},
            .next_mac = row.number(network_row::next_mac),
            .is_usable = row.number(network_row::is_usable) == 1U,
            .is_unused = row.number(network_row::is_unused) == 1U};
}

Result<std::vector<DestinationNetwork>> read_networks(Connection& connection,
                                                      const DestinationQuestion& question,
                                                      const MoveDestination& destination) {
    const auto account = destination.owner.account.value;
    std::string statement{networks_of_zone};
    std::vector<Parameter> parameters{account, destination.account, destination.owner.domain.value,
                                      question.vm_uuid, account};
    for (const auto& uuid : question.network_uuids) {
        statement += " OR n.uuid = ?";
        parameters.emplace_back(uuid);
    }
    std::vector<DestinationNetwork> networks;
    auto done = connection.each_row(statement + ") ORDER BY n.id", parameters,
                                    [&](const Row& row) { networks.push_back(destination_network(row)); });
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return networks;
}

}  // namespace

Result<std::optional<MoveDestination>> read_move_destination(Connection& connection,
                                                             const DestinationQuestion& question) {
    const auto where = "cannot read the account " + question.account + " and its networks";
    auto destination = read_account(connection, question.account, question.domain);
    if (!destination) {
        return failure(where, destination.error());
    }
    if (!*destination) {
        return std::nullopt;
    }
    auto networks = read_networks(connection, question, **destination);
    if (!networks) {
        return failure(where, networks.error());
    }
    (*destination)->networks = *std::move(networks);
    return destination;
}

}  // namespace inventory::mariadb
