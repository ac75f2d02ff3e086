#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// One controller acts. Who only watches, and who may have lost the lease meanwhile, leaves it to the other.
Answer leadership(const Action&, const World& world, const Policy&) {
    Objections objections;
    if (!world.leadership) {
        objections.object("it is not known which controller holds the lease");
        return objections.refusal("the journal's database answers");
    }
    const auto& known = *world.leadership;
    if (known.leads()) {
        return std::nullopt;
    }
    objections.fact("controller", known.controller);
    objections.fact("holder", known.holder.empty() ? "nobody" : known.holder);
    objections.fact("token", std::to_string(known.token));
    if (known.left) {
        objections.object("this controller's lease has run out and is not renewed yet");
    } else {
        objections.object(known.holder.empty() ? "no controller holds the lease"
                                               : "the controller " + known.holder + " holds the lease");
    }
    objections.object_if(!known.trouble.empty(), known.trouble);
    return objections.refusal(
        "time: the controller that holds the lease acts, and another takes it over when that one falls "
        "silent");
}

}  // namespace controller::decision::guards
