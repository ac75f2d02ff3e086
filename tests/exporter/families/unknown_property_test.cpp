#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "exporter/exposition/exposition.hpp"
#include "exporter/families/families.hpp"
#include "tests/exporter/families/random_snapshot.hpp"

// Over random snapshots in which anything may be missing: what is unknown is neither 0 nor a known state, and
// what is known is there. The facts are counted here anew, without the families' own helpers.

namespace {

using inventory::DriftKind;
using inventory::HypervisorState;
using support::RandomSnapshot;

/// Samples of the family on the page.
long samples(const std::string& page, std::string_view family) {
    std::istringstream lines(page);
    long found = 0;
    for (std::string line; std::getline(lines, line);) {
        const bool is_its = line.starts_with(family) && line.size() > family.size();
        found += is_its && (line[family.size()] == '{' || line[family.size()] == ' ') ? 1 : 0;
    }
    return found;
}

template <class Range, class Claim>
long count_of(const Range& range, Claim claim) {
    return std::count_if(range.begin(), range.end(), claim);
}

void expect_vms_known(const inventory::Snapshot& snapshot, const std::string& page) {
    const auto& vms = snapshot.records->vms;
    const auto& judged = snapshot.judged;
    const auto all = static_cast<long>(vms.size());
    EXPECT_EQ(samples(page, "cloudstack_vm_state"), all);
    EXPECT_EQ(samples(page, "cloudstack_vm_power_report_age_seconds"),
              count_of(vms, [](const auto& vm) { return vm.report_time.has_value(); }));
    EXPECT_EQ(samples(page, "cloudstack_vm_power_reports"),
              count_of(vms, [](const auto& vm) { return vm.report_count.has_value(); }));
    EXPECT_EQ(samples(page, "cloudstack_vm_hypervisor_state"), count_of(judged, [](const auto& one) {
                  return one.verdict.shown != HypervisorState::unknown;
              }));
    EXPECT_EQ(samples(page, "cloudstack_vm_report_status"),
              count_of(judged, [](const auto& one) { return one.verdict.report.has_value(); }));
    EXPECT_EQ(samples(page, "cloudstack_vm_drift_since_timestamp_seconds"),
              count_of(judged, [](const auto& one) {
                  return one.verdict.kind != DriftKind::none && one.verdict.kind != DriftKind::unknown;
              }));
}

void expect_hosts_known(const inventory::Snapshot& snapshot, const std::string& page) {
    const auto& witnesses = snapshot.witnesses;
    const auto answering = count_of(witnesses, [](const auto& one) { return one.second->up; });
    EXPECT_EQ(samples(page, "cloudstack_host_libvirt_up"), static_cast<long>(witnesses.size()));
    EXPECT_EQ(samples(page, "cloudstack_host_orphan_domains"), snapshot.database_up ? answering : 0);
    EXPECT_EQ(samples(page, "cloudstack_host_domains"), count_of(witnesses, [](const auto& one) {
                  return one.second->up && !one.second->domains.empty();
              }));
    EXPECT_EQ(samples(page, "cloudstack_host_ha_state"),
              count_of(snapshot.records->hosts, [](const auto& host) { return host.ha_state.has_value(); }));
}

void expect_work_known(const inventory::CloudRecords& records, const std::string& page) {
    const auto present = [](bool known) { return known ? 1 : 0; };
    EXPECT_EQ(samples(page, "cloudstack_ping_interval_seconds"), present(records.ping_interval.has_value()));
    EXPECT_EQ(samples(page, "cloudstack_database_time_zone_offset_seconds"),
              present(records.time_zone_offset.has_value()));
    EXPECT_EQ(samples(page, "cloudstack_database_schema_info"), present(records.schema_version.has_value()));
    EXPECT_EQ(samples(page, "cloudstack_vm_jobs_in_progress"), present(records.vm_jobs.has_value()));
    EXPECT_EQ(samples(page, "cloudstack_ha_work"),
              present(records.ha_work.has_value() && !records.ha_work->empty()));
    EXPECT_EQ(samples(page, "cloudstack_management_server_up"),
              present(records.management_servers.has_value()));
    EXPECT_EQ(samples(page, "cloudstack_management_server_heartbeat_age_seconds"),
              present(records.management_servers && records.management_servers->front().last_update));
}

void expect_networks_known(const inventory::DatabaseHealth& health, const std::string& page) {
    const auto counters =
        health.mac_sequences
            ? count_of(health.mac_sequences->value, [](const auto& one) { return one.next.has_value(); })
            : 0;
    const auto all = health.mac_sequences ? static_cast<long>(health.mac_sequences->value.size()) : 0;
    EXPECT_EQ(samples(page, "cloudstack_network_mac_sequence"), counters);
    EXPECT_EQ(samples(page, "cloudstack_network_mac_sequence_headroom"), counters);
    EXPECT_EQ(samples(page, "cloudstack_network_mac_sequence_row_missing"), all - counters);
    EXPECT_EQ(samples(page, "cloudstack_mac_addresses_duplicated"), health.mac_audit ? 2 : 0);
    EXPECT_EQ(samples(page, "cloudstack_network_mac_sequence_behind"),
              health.mac_audit ? static_cast<long>(health.mac_audit->value.behind.size()) : 0);
    const bool has_generator = health.id_sequences && health.id_sequences->value.front().next;
    EXPECT_EQ(samples(page, "cloudstack_id_sequence_behind"), has_generator ? 1 : 0);
}

void expect_moves_known(const inventory::DatabaseHealth& health, const std::string& page) {
    EXPECT_EQ(samples(page, "cloudstack_vm_reassignments_failed_unnamed"), health.reassignments ? 1 : 0);
    long failed = 0;
    long split = health.split_owners ? static_cast<long>(health.split_owners->value.size()) : 0;
    if (health.reassignments) {
        const auto& moves = health.reassignments->value.failed;
        failed = static_cast<long>(moves.size());
        split += count_of(moves, [](const auto& move) { return move.remains.owner_differs; });
    }
    EXPECT_EQ(samples(page, "cloudstack_vm_reassignment_failed_timestamp_seconds"), failed);
    EXPECT_EQ(samples(page, "cloudstack_vm_reassignment_inconsistent"), split);
}

TEST(UnknownProperty, what_is_unknown_is_absent_and_what_is_known_is_there) {
    for (std::uint64_t seed = 1; seed <= support::property_runs() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto snapshot = RandomSnapshot(seed).make();
        const auto page = exporter::render(exporter::families::whole_page(), snapshot).text;
        if (!snapshot.records) {
            EXPECT_EQ(page.find("cloudstack_"), std::string::npos);
            continue;
        }
        expect_vms_known(snapshot, page);
        expect_hosts_known(snapshot, page);
        expect_work_known(*snapshot.records, page);
        expect_networks_known(snapshot.health, page);
        expect_moves_known(snapshot.health, page);
        EXPECT_EQ(samples(page, "warden_exporter_up"),
                  (snapshot.collectors.empty() ? 0 : 1) + (snapshot.witnesses.empty() ? 0 : 1));
    }
}

}  // namespace
