#include "controller/loop/fleet_census.hpp"

namespace controller::loop {
namespace {

using inventory::DriftKind;

void count(GroupCount& group, DriftKind kind) {
    if (kind == DriftKind::unknown) {
        ++group.unknown;
        return;
    }
    ++group.vms;
    group.drifted += kind == DriftKind::stopped_out_of_band ? 1U : 0U;
}

}  // namespace

Place place_of(const inventory::VmRecord& vm, const inventory::RecordIndex& records) {
    Place place{.host = vm.host, .cluster = {}, .zone = vm.zone};
    const auto* host = records.host(vm.host ? vm.host : vm.last_host);
    if (host != nullptr) {
        place.host = host->id;
        place.cluster = host->cluster;
    }
    return place;
}

std::optional<FleetCensus> count_fleet(const CloudIndex& cloud) {
    if (!cloud.has_records()) {
        return std::nullopt;
    }
    const auto& records = cloud.records().records();
    FleetCensus census;
    census.counted_at = records.read_at;
    for (const auto& vm : records.vms) {
        const auto* judged = cloud.judged(vm);
        if (!vm.host || judged == nullptr) {
            continue;
        }
        const auto place = place_of(vm, cloud.records());
        count(census.hosts[*vm.host], judged->verdict.kind);
        count(census.zones[place.zone], judged->verdict.kind);
        if (place.cluster) {
            count(census.clusters[*place.cluster], judged->verdict.kind);
        }
    }
    return census;
}

}  // namespace controller::loop
