#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/mariadb/connection.hpp"
#include "inventory/model/cloud_records.hpp"
#include "inventory/model/vm_past.hpp"

/// What Warden reads from CloudStack's database: one file per query. None of them locks a row.
namespace inventory::mariadb {

/// Names of zones; none means all of them.
using ZoneNames = std::vector<std::string>;

/// Every live KVM VM of any type and state in these zones.
Result<std::vector<VmRecord>> read_vms(Connection& connection, const ZoneNames& zones = {});

/// The live rows that carry this uuid, and those that share the instance name of one that does.
Result<std::vector<VmRecord>> read_vms_like(Connection& connection, const std::string& uuid);

/// Every live KVM hypervisor in these zones, without what the next two tell.
Result<std::vector<HostRecord>> read_hosts(Connection& connection, const ZoneNames& zones = {});

/// ha_config.ha_state of each host that has one: host HA (reference 3.11).
Result<std::map<HostId, std::string>> read_host_ha_states(Connection& connection);

/// What out-of-band management says of each host that has it.
Result<std::map<HostId, PowerReading>> read_host_power(Connection& connection);

Result<std::map<ZoneId, std::string>> read_zone_names(Connection& connection);
Result<std::map<ClusterId, std::string>> read_cluster_names(Connection& connection);

Result<std::vector<ManagementServer>> read_management_servers(Connection& connection);

/// The global setting ping.interval; CloudStack's own default where neither value nor default is stored.
Result<std::chrono::seconds> read_ping_interval(Connection& connection);

/// Work on VMs that is in progress: vm_work_jobs, and API jobs for a VM.
Result<std::vector<VmJob>> read_vm_jobs(Connection& connection);

/// The value of the resource tag with this key, of each user VM that has it. The first reads the whole table
/// (it has no index on the key), the second the rows of these VMs alone.
Result<std::map<VmId, std::string>> read_vm_tags(Connection& connection, const std::string& key);
Result<std::map<VmId, std::string>> read_tags_of(Connection& connection, const std::string& key,
                                                 const std::vector<VmRecord>& vms);

/// High-availability work that has not ended.
Result<std::vector<HaWork>> read_ha_work(Connection& connection);

/// How far NOW() of the server's own zone is from UTC; it should be 0 (reference 1.7).
Result<std::chrono::seconds> read_time_zone_offset(Connection& connection);

/// The release whose upgrade was completed last.
Result<std::string> read_schema_version(Connection& connection);

/// One asynchronous API job.
struct ApiJob {
    std::string uuid;     ///< what queryAsyncJobResult asks for
    std::string command;  ///< class name
    int status = 0;       ///< 0 in progress, 1 succeeded, 2 failed, 3 cancelled
    Time created;
};

/// The newest job for the VM whose class name holds `command_class` ("StopVMCmd"), created at `since` or
/// later: how a controller that died during its API call finds out whether CloudStack took the order. The
/// column has whole seconds, so `since` is rounded down; leave room for the clocks of controller and
/// management server.
Result<std::optional<ApiJob>> find_api_job(Connection& connection, VmId vm, std::string_view command_class,
                                           Time since);

/// What CloudStack was asked to do with the VM, as far as it remembers, and what its HA did.
Result<VmPast> read_vm_past(Connection& connection, VmId vm);

/// The row of read_vms(), by its columns.
VmRecord vm_record_of(const Row& row);

/// The row of read_hosts(), by its columns.
HostRecord host_record_of(const Row& row);

}  // namespace inventory::mariadb
