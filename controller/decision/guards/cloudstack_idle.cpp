#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

void object_to_work(Objections& objections, const World& world) {
    objections.object_if(!world.jobs, "CloudStack's jobs are unknown");
    objections.object_if(!world.ha_work, "CloudStack's HA work is unknown");
    if (world.jobs) {
        for (const auto& job : *world.jobs) {
            objections.object("the job " + job.command + " is in progress, created " +
                              age_words(job.created, world.now));
        }
    }
    if (world.ha_work) {
        for (const auto& work : *world.ha_work) {
            objections.object("HA work " + work.type + " is at step " + work.step + ", created " +
                              age_words(work.created, world.now));
        }
    }
    const auto* vm = world.vm();
    if (vm != nullptr && is_transition(vm->state)) {
        objections.object("the VM is " + std::string{to_word(vm->state)});
    }
}

/// The host of a VM that is to be restarted may be the one that died, and nobody manages it then: any
/// management server that lives runs CloudStack's HA, and takes our commands.
void object_unless_any_manager_lives(Objections& objections, const World& world, const Policy& policy) {
    if (!world.managers) {
        objections.object("CloudStack's management servers are unknown");
        return;
    }
    bool any = false;
    for (const auto& manager : *world.managers) {
        objections.fact("manager", manager.name + " " + manager.state + ", heartbeat " +
                                       age_words(manager.last_update, world.now));
        any = any || manager.is_alive(world.now, policy.heartbeat);
    }
    objections.object_if(!any, "no management server is Up with a fresh heartbeat");
}

/// Only a management server that lives can be waited for.
void object_to_manager(Objections& objections, const World& world, const Policy& policy) {
    if (!world.manager || !world.host || world.host->management_server != world.manager->msid) {
        objections.object("the management server of the VM's host is unknown");
        return;
    }
    objections.fact("manager", world.manager->name + " " + world.manager->state + ", heartbeat " +
                                   age_words(world.manager->last_update, world.now));
    objections.object_if(!world.manager->is_alive(world.now, policy.heartbeat),
                         "the management server of the VM's host is not Up with a fresh heartbeat");
}

}  // namespace

/// CloudStack first: whatever it has begun, it ends; and it must be alive to be waited for.
Answer cloudstack_idle(const Action& action, const World& world, const Policy& policy) {
    Objections objections;
    object_to_work(objections, world);
    if (action.remedy == Remedy::ha_restart) {
        object_unless_any_manager_lives(objections, world, policy);
    } else {
        object_to_manager(objections, world, policy);
    }
    objections.object_if(!world.ping_interval, "ping.interval is unknown");
    return objections.refusal("CloudStack ends its work on the VM, and its management server is alive");
}

}  // namespace controller::decision::guards
