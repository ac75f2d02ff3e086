#include "inventory/mariadb/columns.hpp"
#include "inventory/mariadb/queries.hpp"
#include "inventory/mariadb/zones.hpp"

namespace inventory::mariadb {
namespace {

/// The columns of the query below, in their order.
namespace host_row {
enum Column : std::size_t {
    id,
    uuid,
    name,
    status,
    resource_state,
    private_ip,
    cluster,
    zone,
    management_server,
};
}  // namespace host_row

}  // namespace

HostRecord host_record_of(const Row& row) {
    HostRecord host;
    host.id = HostId{row.number(host_row::id).value_or(0)};
    host.uuid = row.text_or(host_row::uuid, "");
    host.name = row.text_or(host_row::name, "");
    host.status = row.text_or(host_row::status, "");
    host.resource_state = row.text_or(host_row::resource_state, "");
    host.private_ip = row.text_or(host_row::private_ip, "");
    host.cluster = id_at<ClusterId>(row, host_row::cluster);
    host.zone = ZoneId{row.number(host_row::zone).value_or(0)};
    host.management_server = row.number(host_row::management_server);
    return host;
}

Result<std::vector<HostRecord>> read_hosts(Connection& connection, const ZoneNames& zones) {
    std::vector<HostRecord> hosts;
    auto done = connection.each_row(
        "SELECT h.id, h.uuid, h.name, h.status, h.resource_state, h.private_ip_address, h.cluster_id,"
        " h.data_center_id, h.mgmt_server_id FROM host h"
        " WHERE h.type = 'Routing' AND h.hypervisor_type = 'KVM' AND h.removed IS NULL" +
            within_zones("h.data_center_id", zones) + " ORDER BY h.id",
        parameters_of(zones), [&hosts](const Row& row) { hosts.push_back(host_record_of(row)); });
    if (!done) {
        return failure("cannot read the hosts", done.error());
    }
    return hosts;
}

}  // namespace inventory::mariadb
