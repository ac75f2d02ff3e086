#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"
#include "controller/decision/timing.hpp"

namespace controller::decision::guards {

/// CloudStack first: it gets its whole grace period, and our margin on top.
Answer grace(const Action& action, const World& world, const Policy& policy) {
    if (action.stage != Stage::first) {
        return std::nullopt;  // it was given before the first call
    }
    const auto required = seconds_of_grace(world, policy_of(action, policy));
    Objections objections;
    objections.fact("drift_since", age_words(world.drift_since, world.now));
    objections.object_if(!required, "ping.interval is unknown, so the length of the grace is too");
    objections.object_if(!world.drift_since, "since when the drift lasts is unknown");
    if (required && world.drift_since) {
        objections.fact("seconds_required", std::to_string(static_cast<std::uint64_t>(*required)));
        if (inventory::to_seconds(world.now - *world.drift_since) < *required) {
            objections.object("the drift was first seen " + age_words(world.drift_since, world.now) + ", " +
                              std::to_string(static_cast<std::uint64_t>(*required)) + "s are required");
        }
    }
    return objections.refusal("time, while the drift is seen without a break");
}

}  // namespace controller::decision::guards
