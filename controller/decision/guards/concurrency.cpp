#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// One change at a time: whatever is under way will change the facts that this decision rests on.
Answer concurrency(const Action&, const World& world, const Policy&) {
    Objections objections;
    for (const auto id : world.others_under_way) {
        objections.fact("under_way", std::to_string(id));
        objections.object("action " + std::to_string(id) + " on the same VM is under way");
    }
    return objections.refusal("the other action ends");
}

}  // namespace controller::decision::guards
