#include "inventory/mariadb/health_queries.hpp"
#include "inventory/model/mac_auditor.hpp"

namespace inventory::mariadb {
namespace {

/// The columns of the query below, in their order.
namespace audit_row {
enum Column : std::size_t {
    network,
    uuid,
    name,
    zone,
    traffic_type,
    next,
    nics_count,
    address,
    is_counted,
};
}  // namespace audit_row

/// Networks and NICs in one statement, so that both are of one moment: a NIC that is being reserved and the
/// count of its network change in one transaction. There is no index on addresses, and none is needed: every
/// live NIC is read once, and the comparing is done here rather than in CloudStack's database server.
constexpr std::string_view networks_and_nics =
    "SELECT n.id, COALESCE(n.uuid, n.id), n.name, n.data_center_id, n.traffic_type, o.mac_address_seq, "
    "o.nics_count,"
    " NULL, NULL FROM networks n LEFT JOIN op_networks o ON o.id = n.id WHERE n.removed IS NULL"
    " UNION ALL SELECT i.network_id, NULL, NULL, NULL, NULL, NULL, NULL, i.mac_address,"
    " i.state = 'Reserved' AND i.vm_type <=> 'User' FROM nics i WHERE i.removed IS NULL";

AuditedNetwork network_of(const Row& row) {
    AuditedNetwork audited;
    audited.network = {NetworkId{row.number(audit_row::network).value_or(0)},
                       row.text_or(audit_row::uuid, ""), row.text_or(audit_row::name, "")};
    audited.zone = ZoneId{row.number(audit_row::zone).value_or(0)};
    audited.is_guest = row.text_or(audit_row::traffic_type, "") == "Guest";
    audited.next = row.number(audit_row::next);
    audited.nics_count = row.number(audit_row::nics_count);
    return audited;
}

AuditedNic nic_of(const Row& row) {
    AuditedNic nic;
    nic.network = NetworkId{row.number(audit_row::network).value_or(0)};
    nic.address = parse_mac_address(row.text_or(audit_row::address, ""));
    nic.is_counted = row.number(audit_row::is_counted) == 1U;
    return nic;
}

}  // namespace

Result<MacAudit> read_mac_audit(Connection& connection) {
    MacAuditor auditor;
    auto done = connection.each_row(networks_and_nics, {}, [&auditor](const Row& row) {
        if (row.is_null(audit_row::zone)) {
            auditor.add(nic_of(row));
        } else {
            auditor.add(network_of(row));
        }
    });
    if (!done) {
        return failure("cannot compare the NICs with their networks", done.error());
    }
    return auditor.conclude();
}

}  // namespace inventory::mariadb
