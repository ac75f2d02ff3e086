#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

/// CloudStack waits this many ping intervals before it acts on a missing VM (reference 1.3).
constexpr double own_grace_ping_intervals = 2;

double seconds_required(std::chrono::seconds ping_interval, const RemedyPolicy& policy) {
    return (own_grace_ping_intervals + policy.grace_ping_intervals) *
           std::chrono::duration<double>(ping_interval).count();
}

}  // namespace

/// CloudStack first: it gets its whole grace period, and our margin on top.
Answer grace(const Action& action, const World& world, const Policy& policy) {
    if (action.stage != Stage::first) {
        return std::nullopt;  // it was given before the first call
    }
    const auto found = policy.remedies.find(action.remedy);
    const auto remedy = found == policy.remedies.end() ? RemedyPolicy{} : found->second;
    Objections objections;
    objections.fact("drift_since", age_words(world.drift_since, world.now));
    const bool interval_known = world.ping_interval && world.ping_interval->count() > 0;
    objections.object_if(!interval_known, "ping.interval is unknown, so the length of the grace is too");
    objections.object_if(!world.drift_since, "since when the drift lasts is unknown");
    if (interval_known && world.drift_since) {
        const auto required = seconds_required(*world.ping_interval, remedy);
        objections.fact("seconds_required", std::to_string(static_cast<std::uint64_t>(required)));
        if (inventory::to_seconds(world.now - *world.drift_since) < required) {
            objections.object("the drift was first seen " + age_words(world.drift_since, world.now) + ", " +
                              std::to_string(static_cast<std::uint64_t>(required)) + "s are required");
        }
    }
    return objections.refusal("time, while the drift is seen without a break");
}

}  // namespace controller::decision::guards
