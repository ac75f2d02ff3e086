#pragma once

#include <span>

#include "exporter/exposition/exposition.hpp"
#include "exporter/exposition/family.hpp"

namespace exporter::families {

// One per file of the same name. A new family is a file, a line here, a line in THE list and a test.
extern const Family vm_info;
extern const Family vm_state;
extern const Family vm_reported_power_state;
extern const Family vm_hypervisor_state;
extern const Family vm_power_report_age_seconds;
extern const Family vm_power_reports;
extern const Family vm_report_status;
extern const Family vm_drift;
extern const Family vm_drift_since_timestamp_seconds;
extern const Family vms;
extern const Family vms_drifted;

extern const Family host_info;
extern const Family host_status;
extern const Family host_resource_state;
extern const Family host_ha_state;
extern const Family host_libvirt_up;
extern const Family host_libvirt_last_success_timestamp_seconds;
extern const Family host_libvirt_unencrypted;
extern const Family host_domains;
extern const Family host_orphan_domains;

extern const Family management_server_up;
extern const Family management_server_heartbeat_age_seconds;
extern const Family ping_interval_seconds;
extern const Family ha_work;
extern const Family ha_work_oldest_age_seconds;
extern const Family vm_jobs_in_progress;
extern const Family vm_job_oldest_age_seconds;
extern const Family database_time_zone_offset_seconds;
extern const Family database_schema_info;

extern const Family innodb_lock_waits;
extern const Family innodb_lock_wait_oldest_seconds;
extern const Family innodb_lock_blockers;
extern const Family innodb_lock_blocker_oldest_seconds;
extern const Family innodb_row_lock_waits_total;
extern const Family innodb_row_lock_time_seconds_total;
extern const Family innodb_lock_timeouts_total;
extern const Family innodb_deadlocks_total;
extern const Family innodb_lock_wait_timeout_seconds;
extern const Family innodb_transactions_oldest_seconds;
extern const Family named_lock_waiters;

extern const Family network_mac_sequence;
extern const Family network_mac_sequence_headroom;
extern const Family network_mac_sequence_row_missing;
extern const Family network_mac_sequence_behind;
extern const Family network_mac_sequence_lock_waiters;
extern const Family network_nics_count_drift;
extern const Family mac_addresses_duplicated;
extern const Family id_sequence_behind;
extern const Family id_sequence_row_missing;

extern const Family vm_reassignment_failed_timestamp_seconds;
extern const Family vm_reassignments_failed_unnamed;
extern const Family vm_reassignment_inconsistent;

extern const Family exporter_up;
extern const Family exporter_collector_success;
extern const Family exporter_collector_duration_seconds;
extern const Family exporter_collector_last_success_timestamp_seconds;
extern const Family exporter_feature_available;

/// THE list: every family of the page that is a function of the snapshot, in the order of the page. What
/// changes with each scrape is in exporter/self.hpp.
std::span<const Family* const> all();

/// All of them, unsharded, within the usual limits.
PagePlan whole_page();

}  // namespace exporter::families
