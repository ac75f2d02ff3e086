#include <array>

#include "inventory/mariadb/health_queries.hpp"

namespace inventory::mariadb {
namespace {

/// A feature, and a statement that reads no row but fails where a column, a table or a right is missing.
struct Need {
    std::string_view feature;
    std::string_view probe;
};

/// THE list of what Warden needs, feature by feature.
constexpr std::array needs{
    Need{"vms",
         "SELECT v.id, v.uuid, v.instance_name, v.type, v.state, v.power_state, v.power_state_update_count,"
         " v.power_state_update_time, v.update_time, v.created, v.update_count, v.host_id, v.last_host_id,"
         " v.power_host, v.data_center_id, v.ha_enabled, v.hypervisor_type, v.removed, a.account_name, d.path"
         " FROM vm_instance v, account a, domain d LIMIT 0"},
    Need{"hosts",
         "SELECT h.id, h.uuid, h.name, h.status, h.resource_state, h.private_ip_address, h.cluster_id,"
         " h.data_center_id, h.mgmt_server_id, h.type, h.hypervisor_type, h.removed, z.name, c.name"
         " FROM host h, data_center z, cluster c LIMIT 0"},
    Need{"host_ha", "SELECT resource_id, resource_type, ha_state FROM ha_config LIMIT 0"},
    Need{"out_of_band_management",
         "SELECT host_id, power_state, enabled, update_time, mgmt_server_id FROM oobm LIMIT 0"},
    Need{"management_servers", "SELECT msid, name, state, last_update, removed FROM mshost LIMIT 0"},
    Need{"vm_jobs",
         "SELECT w.id, w.vm_type, w.vm_instance_id, j.uuid, j.job_cmd, j.job_status, j.created,"
         " j.instance_type, j.instance_id FROM vm_work_job w, async_job j LIMIT 0"},
    Need{"ha_work", "SELECT instance_id, type, step, created FROM op_ha_work LIMIT 0"},
    Need{"vm_tags", "SELECT resource_id, resource_type, `key`, value FROM resource_tags LIMIT 0"},
    Need{"settings", "SELECT name, value, default_value FROM configuration LIMIT 0"},
    Need{"mac_sequences",
         "SELECT n.id, n.uuid, n.name, n.removed, n.data_center_id, n.traffic_type, o.id, o.mac_address_seq,"
         " o.nics_count FROM networks n, op_networks o LIMIT 0"},
    Need{"mac_addresses",
         "SELECT id, network_id, instance_id, mac_address, state, vm_type, removed FROM nics LIMIT 0"},
    Need{"id_sequences", "SELECT name, value FROM sequence LIMIT 0"},
    Need{"reassignments", "SELECT id, type, level, created FROM event LIMIT 0"},
    Need{"reassigned_vms", "SELECT resource_id, resource_type FROM event LIMIT 0"},
    Need{"owners",
         "SELECT o.instance_id, o.account_id, o.domain_id, o.removed, v.account_id, v.domain_id"
         " FROM volumes o, vm_instance v LIMIT 0"},
    Need{"schema_version", "SELECT id, version, step FROM version LIMIT 0"},
};

}  // namespace

Result<SchemaReport> read_features(Connection& connection) {
    constexpr auto where = "cannot find out what the schema offers";
    if (const auto reached = connection.query("SELECT 1"); !reached) {
        return failure(where, reached.error());
    }
    SchemaReport report;
    for (const auto& need : needs) {
        const auto probed = connection.query(need.probe);
        // What may pass by itself says nothing about the schema.
        if (!probed && probed.error().retryable) {
            return failure(where, probed.error());
        }
        report.features.push_back(
            Feature{std::string{need.feature}, probed ? std::string{} : probed.error().message});
    }
    return report;
}

}  // namespace inventory::mariadb
