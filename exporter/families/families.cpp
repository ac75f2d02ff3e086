#include "exporter/families/families.hpp"

#include <array>

namespace exporter::families {
namespace {

/// In the order of importance: where a page has more series than exporter.series_limit allows, the last ones
/// are lost. First what says whether to believe the rest, then what alerts stand on (drift, counts, hosts,
/// CloudStack at work, locks and sequences: few series each), then the state of each VM, and last what only
/// describes it.
constexpr std::array list{
    &network_mac_sequence,
    &network_mac_sequence_headroom,
    &network_mac_sequence_row_missing,
    &network_mac_sequence_behind,
    &network_mac_sequence_lock_waiters,
    &network_nics_count_drift,
    &mac_addresses_duplicated,
    &id_sequence_behind,
    &id_sequence_row_missing,
    &vm_reassignment_failed_timestamp_seconds,
    &vm_reassignments_failed_unnamed,
    &vm_reassignment_inconsistent,
    &exporter_up,
    &exporter_collector_success,
    &exporter_collector_duration_seconds,
    &exporter_collector_last_success_timestamp_seconds,
    &exporter_feature_available,
    &vm_drift,
    &vm_drift_since_timestamp_seconds,
    &vms,
    &vms_drifted,
    &host_info,
    &host_status,
    &host_resource_state,
    &host_ha_state,
    &host_libvirt_up,
    &host_libvirt_last_success_timestamp_seconds,
    &host_libvirt_unencrypted,
    &host_domains,
    &host_orphan_domains,
    &management_server_up,
    &management_server_heartbeat_age_seconds,
    &ping_interval_seconds,
    &ha_work,
    &ha_work_oldest_age_seconds,
    &vm_jobs_in_progress,
    &vm_job_oldest_age_seconds,
    &database_time_zone_offset_seconds,
    &database_schema_info,
    &innodb_lock_waits,
    &innodb_lock_wait_oldest_seconds,
    &innodb_lock_blockers,
    &innodb_lock_blocker_oldest_seconds,
    &innodb_row_lock_waits_total,
    &innodb_row_lock_time_seconds_total,
    &innodb_lock_timeouts_total,
    &innodb_deadlocks_total,
    &innodb_lock_wait_timeout_seconds,
    &innodb_transactions_oldest_seconds,
    &named_lock_waiters,
    &vm_hypervisor_state,
    &vm_state,
    &vm_report_status,
    &vm_reported_power_state,
    &vm_info,
    &vm_power_report_age_seconds,
    &vm_power_reports,
};

}  // namespace

std::span<const Family* const> all() {
    return list;
}

PagePlan whole_page() {
    return {.families = {list.begin(), list.end()}};
}

}  // namespace exporter::families
