#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "inventory/model/host.hpp"
#include "inventory/model/vm.hpp"

namespace inventory {

/// Everything that one reading of CloudStack's database brought. VMs and hosts are always there (without them
/// there is no reading); anything else is empty-optional when its own query failed: unknown, never "none".
struct CloudRecords {
    Time read_at;  ///< our clock when the reading began: nothing in here is older
    std::vector<VmRecord> vms;
    std::vector<HostRecord> hosts;
    std::map<ZoneId, std::string> zones;
    std::map<ClusterId, std::string> clusters;
    std::optional<std::chrono::seconds> ping_interval;
    std::optional<std::vector<ManagementServer>> management_servers;
    std::optional<std::vector<VmJob>> vm_jobs;
    std::optional<std::vector<HaWork>> ha_work;
    /// Values of the one resource tag whose key the reader asks for; VMs without it are not in there. Empty
    /// also when no tag is asked for.
    std::optional<std::map<VmId, std::string>> vm_tags;
    std::optional<std::chrono::seconds>
        time_zone_offset;                       ///< NOW() - UTC_TIMESTAMP() of the server (reference 1.7)
    std::optional<std::string> schema_version;  ///< newest row of `version`

    bool operator==(const CloudRecords&) const = default;

    /// For a single look-up; RecordIndex for many.
    [[nodiscard]] const HostRecord* find_host(HostId id) const {
        for (const auto& host : hosts) {
            if (host.id == id) {
                return &host;
            }
        }
        return nullptr;
    }

    /// Records are evidence when they were read no longer ago than `freshness`, and not in the future.
    [[nodiscard]] bool is_evidence(Time now, Duration freshness) const {
        return read_at <= now && now - read_at <= freshness;
    }
};

}  // namespace inventory
