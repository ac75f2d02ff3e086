#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// The alert names a uuid, libvirt knows names: both have to lead to the same one row.
Answer identity(const Action& action, const World& world, const Policy&) {
    Objections objections;
    objections.fact("vm_id", action.vm_uuid);
    objections.fact("live_rows", std::to_string(world.rows.size()));
    if (world.rows.empty()) {
        objections.object("no live row of vm_instance carries the uuid " + action.vm_uuid);
    }
    if (world.rows.size() > 1) {
        objections.object(std::to_string(world.rows.size()) +
                          " live rows share the uuid or the instance name");
    }
    for (const auto& row : world.rows) {
        objections.fact("row_" + std::to_string(row.id.value), row.instance_name + " " + row.uuid);
    }
    if (const auto* vm = world.vm()) {
        objections.object_if(action.vm_uuid.empty() || vm->uuid != action.vm_uuid,
                             "the row carries another uuid than the alert");
        objections.object_if(vm->instance_name.empty(), "the row has no instance name to look for");
    }
    return objections.refusal("one live row of vm_instance with this uuid and an instance name of its own");
}

}  // namespace controller::decision::guards
