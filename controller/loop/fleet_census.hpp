#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "controller/loop/cloud_index.hpp"

namespace controller::loop {

/// Where a VM stands: on the host that it is recorded on, else (it is stopped) on its last one. Empty where
/// CloudStack has no live row that tells.
struct Place {
    std::optional<inventory::HostId> host;
    std::optional<inventory::ClusterId> cluster;
    inventory::ZoneId zone;
};

Place place_of(const inventory::VmRecord& vm, const inventory::RecordIndex& records);

struct GroupCount {
    std::uint64_t vms = 0;      ///< with a verdict that says something
    std::uint64_t unknown = 0;  ///< with none
    std::uint64_t drifted = 0;  ///< of `vms`: died unseen

    bool operator==(const GroupCount&) const = default;
};

/// The VMs of the fleet that are recorded on a host, counted by where they are.
struct FleetCensus {
    inventory::Time counted_at;  ///< none of the records is older
    std::unordered_map<inventory::HostId, GroupCount> hosts;
    std::unordered_map<inventory::ClusterId, GroupCount> clusters;
    std::unordered_map<inventory::ZoneId, GroupCount> zones;
};

/// nullopt when the cloud's records were never read. Pure.
std::optional<FleetCensus> count_fleet(const CloudIndex& cloud);

}  // namespace controller::loop
