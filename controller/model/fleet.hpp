#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "inventory/support/time.hpp"

namespace controller {

/// The VMs that share a host, a cluster or a zone with the action's VM: they stand and fall together.
struct FleetGroup {
    std::string name;             ///< "host kvm17", "cluster pod-a", "zone north"
    std::uint64_t vms = 0;        ///< recorded on its hosts, with a verdict that says something
    std::uint64_t unknown = 0;    ///< recorded on its hosts, of which nothing certain is known
    std::uint64_t drifted = 0;    ///< of `vms`: those that died unseen, which is what remedies treat
    std::uint64_t under_way = 0;  ///< other VMs of the group that an action is under way on
    std::optional<inventory::Time> storm_seen_at;  ///< when so many were drifted last that it was a storm

    bool operator==(const FleetGroup&) const = default;
};

/// What surrounds the action's VM. A group is nullopt when the VM belongs to none (it stands on no host), or
/// when it is not known which.
struct FleetFacts {
    inventory::Time counted_at;                    ///< none of the records that were counted is older
    std::optional<inventory::Time> watched_since;  ///< the fleet has been seen without a break since
    std::optional<FleetGroup> host;
    std::optional<FleetGroup> cluster;
    std::optional<FleetGroup> zone;
    std::uint64_t under_way = 0;  ///< other VMs anywhere that an action is under way on

    bool operator==(const FleetFacts&) const = default;
};

}  // namespace controller
