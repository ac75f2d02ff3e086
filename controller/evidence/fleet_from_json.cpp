#include "controller/evidence/fleet_from_json.hpp"

namespace controller::evidence {
namespace {

FleetGroup group_from(const FactsReader& facts) {
    return {facts.text("name"),      facts.number("vms"),       facts.number("unknown"),
            facts.number("drifted"), facts.number("under_way"), facts.moment("storm_seen")};
}

}  // namespace

FleetFacts fleet_from(const FactsReader& facts) {
    FleetFacts fleet;
    fleet.counted_at = facts.moment("counted").value_or(inventory::Time{});
    fleet.watched_since = facts.moment("watched_since");
    fleet.host = facts.maybe_object("host", group_from);
    fleet.cluster = facts.maybe_object("cluster", group_from);
    fleet.zone = facts.maybe_object("zone", group_from);
    fleet.under_way = facts.number("under_way");
    return fleet;
}

ScopeFacts scope_from(const FactsReader& facts) {
    return {facts.maybe_text("zone"), facts.maybe_text("cluster"), facts.maybe_texts("opt_out_values")};
}

}  // namespace controller::evidence
