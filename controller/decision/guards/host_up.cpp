#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// A forced stop on a host that CloudStack cannot reach succeeds without proof (reference 6.7).
Answer host_up(const Action&, const World& world, const Policy&) {
    Objections objections;
    const auto* vm = world.vm();
    if (vm == nullptr || !vm->host || !world.host || world.host->id != *vm->host) {
        objections.object("the VM's host is unknown");
    } else {
        objections.fact("host", world.host->name);
        objections.fact("status", world.host->status);
        if (!world.host->is_up()) {
            objections.object("the VM's host " + world.host->name + " is " + world.host->status);
        }
    }
    return objections.refusal("CloudStack reaches the host's agent again and sets it Up");
}

}  // namespace controller::decision::guards
