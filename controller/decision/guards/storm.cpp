#include <initializer_list>
#include <string>
#include <utility>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

using inventory::Duration;
using inventory::Time;

/// Long enough ago; never in the future.
bool is_over(Time since, Time now, Duration cooldown) {
    return since <= now && now - since >= cooldown;
}

std::string count_words(const FleetGroup& group) {
    return std::to_string(group.drifted) + " of " + std::to_string(group.vms) + " VMs died unseen" +
           (group.unknown == 0 ? "" : ", " + std::to_string(group.unknown) + " more are unknown");
}

void object_to_group(Objections& objections, const FleetGroup& group, const StormLimit& limit,
                     const Duration cooldown, const Time now) {
    objections.fact(group.name, count_words(group));
    if (limit.is_reached(group.drifted, group.vms)) {
        objections.object("on " + group.name + " " + count_words(group) + ", the limit is " +
                          std::to_string(limit.percent) + "% and " + std::to_string(limit.count));
    } else if (group.storm_seen_at && !is_over(*group.storm_seen_at, now, cooldown)) {
        objections.object("on " + group.name + " so many VMs were dead at once " +
                          age_words(group.storm_seen_at, now) + ", the cooldown is " +
                          inventory::to_words(cooldown));
    }
}

void object_to_watch(Objections& objections, const FleetFacts& fleet, Duration cooldown, Time now) {
    if (!fleet.watched_since || !is_over(*fleet.watched_since, now, cooldown)) {
        objections.object(
            "a storm of the time before this controller watched is not known: it has watched "
            "the fleet without a break since " +
            age_words(fleet.watched_since, now) + ", " + inventory::to_words(cooldown) + " are required");
    }
}

void object_to_groups(Objections& objections, const FleetFacts& fleet, const StormPolicy& limits, Time now) {
    using Limited = std::pair<const std::optional<FleetGroup>*, const StormLimit*>;
    for (const auto& [group, limit] :
         {Limited{&fleet.host, &limits.host}, Limited{&fleet.cluster, &limits.cluster},
          Limited{&fleet.zone, &limits.zone}}) {
        if (*group) {
            object_to_group(objections, **group, *limit, limits.cooldown, now);
        }
    }
}

/// A VM that is recorded on a host has a cluster; every VM has a zone.
bool knows_the_neighbours(const World& world) {
    const auto* vm = world.vm();
    const auto& fleet = *world.fleet;
    return vm != nullptr && fleet.zone && (!vm->host || (fleet.host && fleet.cluster));
}

}  // namespace

/// When much dies at once, the cause is not in the VMs, and a repair one by one makes it worse.
Answer storm(const Action&, const World& world, const Policy& policy) {
    const auto& limits = policy.storm;
    Objections objections;
    if (!world.fleet || !is_fresh(world.fleet->counted_at, world.now, policy.freshness)) {
        objections.object("how the rest of the fleet fares is unknown");
    } else {
        objections.object_if(!knows_the_neighbours(world),
                             "it is unknown which VMs share the VM's host, cluster and zone");
        object_to_groups(objections, *world.fleet, limits, world.now);
        object_to_watch(objections, *world.fleet, limits.cooldown, world.now);
    }
    return objections.refusal(
        "the VMs' return (whoever brings them back) and then the cooldown of " +
        inventory::to_words(limits.cooldown) +
        "; an operator who knows the cause raises `controller.storm`, to have them repaired at once");
}

}  // namespace controller::decision::guards
