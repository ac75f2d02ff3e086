#include "controller/loop/fleet_watch.hpp"

#include <utility>

#include "controller/loop/scope_facts.hpp"

namespace controller::loop {
namespace {

template <class Id>
std::optional<FleetGroup> group_of(std::string name, const std::optional<Id>& id,
                                   const std::unordered_map<Id, GroupCount>& counts,
                                   const StormBook<Id>& storms) {
    if (!id) {
        return std::nullopt;
    }
    FleetGroup group;
    group.name = std::move(name);
    if (const auto found = counts.find(*id); found != counts.end()) {
        group.vms = found->second.vms;
        group.unknown = found->second.unknown;
        group.drifted = found->second.drifted;
    }
    group.storm_seen_at = storms.seen_at(*id);
    return group;
}

void count_if(std::optional<FleetGroup>& group, bool belongs) {
    if (group && belongs) {
        ++group->under_way;
    }
}

/// Where one busy VM counts.
void count_busy(FleetFacts& facts, const Place& here, const inventory::VmRecord* busy,
                const inventory::RecordIndex& records) {
    ++facts.under_way;
    const auto there = busy == nullptr ? here : place_of(*busy, records);
    count_if(facts.host, there.host == here.host);
    count_if(facts.cluster, there.cluster == here.cluster);
    count_if(facts.zone, there.zone == here.zone);
}

}  // namespace

FleetWatch::FleetWatch(inventory::Duration freshness, inventory::Duration look_interval)
    : storms_(freshness, freshness + 2 * look_interval) {}

void FleetWatch::look(std::shared_ptr<const CloudIndex> cloud, const StormPolicy& policy) {
    auto census = count_fleet(*cloud);
    if (!census) {
        return;
    }
    const std::lock_guard lock(mutex_);
    storms_.note(*census, policy, cloud->now());
    latest_ = std::make_shared<const FleetSight>(FleetSight{std::move(cloud), *std::move(census), storms_});
}

std::shared_ptr<const FleetSight> FleetWatch::latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

std::optional<FleetFacts> fleet_facts(const inventory::VmRecord& vm, const FleetSight* sight,
                                      const std::set<std::string>& busy_vms) {
    if (sight == nullptr) {
        return std::nullopt;
    }
    const auto& records = sight->cloud->records();
    const auto scope = scope_facts(vm, records);
    const auto here = place_of(vm, records);
    const auto* host = records.host(here.host);
    const std::optional zone{here.zone};
    const auto& census = sight->census;
    const auto& storms = sight->storms;
    FleetFacts facts;
    facts.counted_at = census.counted_at;
    facts.watched_since = storms.watched_since();
    facts.host = group_of("host " + (host != nullptr ? host->name : "without a row"), here.host, census.hosts,
                          storms.hosts());
    facts.cluster = group_of("cluster " + scope.cluster.value_or("without a name"), here.cluster,
                             census.clusters, storms.clusters());
    facts.zone =
        group_of("zone " + scope.zone.value_or("without a name"), zone, census.zones, storms.zones());
    for (const auto& uuid : busy_vms) {
        count_busy(facts, here, sight->cloud->row(uuid), records);
    }
    return facts;
}

}  // namespace controller::loop
