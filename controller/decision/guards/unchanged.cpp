#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// CloudStack raises update_count with every change of state: between the two decisions there may be none.
/// The first decision has nothing to compare with.
Answer unchanged(const Action&, const World& world, const Policy&) {
    if (!world.fresh) {
        return std::nullopt;
    }
    Objections objections;
    const auto* vm = world.vm();
    objections.fact("judged",
                    world.judged_update_count ? std::to_string(*world.judged_update_count) : "unknown");
    objections.fact("now", vm == nullptr ? "unknown" : std::to_string(vm->update_count));
    objections.object_if(
        vm == nullptr || !world.judged_update_count || *world.judged_update_count != vm->update_count,
        "update_count is not the one that was judged: CloudStack has changed the VM meanwhile");
    return objections.refusal("the VM is judged anew, on its present record");
}

}  // namespace controller::decision::guards
