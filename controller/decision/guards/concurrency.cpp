#include <string>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

void object_to_others(Objections& objections, const World& world) {
    for (const auto id : world.others_under_way) {
        objections.fact("under_way", std::to_string(id));
        objections.object("action " + std::to_string(id) + " on the same VM is under way");
    }
}

void object_to_count(Objections& objections, const std::string& where, std::uint64_t under_way,
                     std::uint32_t limit) {
    objections.fact(where, std::to_string(under_way) + " of " + std::to_string(limit));
    if (under_way >= limit) {
        objections.object("on " + where + " " + std::to_string(under_way) +
                          (under_way == 1 ? " action is" : " actions are") + " under way, the limit is " +
                          std::to_string(limit));
    }
}

void object_to_group(Objections& objections, const std::optional<FleetGroup>& group, std::uint32_t limit) {
    if (group) {
        object_to_count(objections, group->name, group->under_way, limit);
    }
}

}  // namespace

/// One change of a VM at a time, since whatever is under way will change the facts that this decision rests
/// on; and few at once around it, so that what goes wrong goes wrong for few.
Answer concurrency(const Action&, const World& world, const Policy& policy) {
    const auto& limits = policy.concurrency;
    Objections objections;
    object_to_others(objections, world);
    if (!world.fleet) {
        objections.object("it is unknown where else actions are under way");
    } else {
        const auto& fleet = *world.fleet;
        const auto* vm = world.vm();
        objections.object_if(vm == nullptr || (vm->host && (!fleet.host || !fleet.cluster)) || !fleet.zone,
                             "it is unknown which actions share the VM's host, cluster and zone");
        object_to_group(objections, fleet.host, limits.host);
        object_to_group(objections, fleet.cluster, limits.cluster);
        object_to_group(objections, fleet.zone, limits.zone);
        object_to_count(objections, "the whole cloud", fleet.under_way, limits.all);
    }
    return objections.refusal("the other actions end; an operator raises `controller.concurrency`");
}

}  // namespace controller::decision::guards
