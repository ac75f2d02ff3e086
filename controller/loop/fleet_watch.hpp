#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "controller/loop/storm_watch.hpp"
#include "controller/model/fleet.hpp"

namespace controller::loop {

/// What a look at the whole fleet found.
struct FleetSight {
    std::shared_ptr<const CloudIndex> cloud;
    FleetCensus census;
    StormWatch storms;
};

/// Looks at the whole fleet, once per step of the loop, and remembers. What it saw last serves every decision
/// until the next look, also the second ones: a fresh reading is of one VM alone. Safe from any thread.
class FleetWatch {
public:
    /// `look_interval`: how often it is going to look.
    FleetWatch(inventory::Duration freshness, inventory::Duration look_interval);

    void look(std::shared_ptr<const CloudIndex> cloud, const StormPolicy& policy);

    /// Null until the cloud's records have been read.
    [[nodiscard]] std::shared_ptr<const FleetSight> latest() const;

    /// To be held from the count of the actions under way to the intent of one more, so that no two pass the
    /// same limit. Only the leader acts, so that a lock within its process is enough.
    [[nodiscard]] std::mutex& turn() { return turn_; }

private:
    std::mutex turn_;
    mutable std::mutex mutex_;  ///< of what follows
    StormWatch storms_;
    std::shared_ptr<const FleetSight> latest_;
};

/// What surrounds this VM, while an action is under way on each of the busy VMs. One whose row is gone could
/// be anywhere: it counts in every group. nullopt when the fleet was not seen yet. Pure.
std::optional<FleetFacts> fleet_facts(const inventory::VmRecord& vm, const FleetSight* sight,
                                      const std::set<std::string>& busy_vms);

}  // namespace controller::loop
