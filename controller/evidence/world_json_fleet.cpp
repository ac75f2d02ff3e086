#include "controller/evidence/world_json_fleet.hpp"

namespace controller::evidence {
namespace {

Json group(const std::optional<FleetGroup>& group, inventory::Time now) {
    if (!group) {
        return {};
    }
    return {{"name", group->name},           {"vms", group->vms},
            {"unknown", group->unknown},     {"drifted", group->drifted},
            {"under_way", group->under_way}, {"storm_seen", moment(group->storm_seen_at, now)}};
}

}  // namespace

Json json_of(const std::optional<FleetFacts>& fleet, inventory::Time now) {
    if (!fleet) {
        return {};
    }
    return {{"counted", moment(fleet->counted_at, now)}, {"watched_since", moment(fleet->watched_since, now)},
            {"host", group(fleet->host, now)},           {"cluster", group(fleet->cluster, now)},
            {"zone", group(fleet->zone, now)},           {"under_way", fleet->under_way}};
}

Json json_of(const std::optional<ScopeFacts>& scope) {
    if (!scope) {
        return {};
    }
    return {{"zone", json_or_null(scope->zone)},
            {"cluster", json_or_null(scope->cluster)},
            {"opt_out_values", scope->opt_out_values ? Json(*scope->opt_out_values) : Json()}};
}

}  // namespace controller::evidence
