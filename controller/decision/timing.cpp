#include "controller/decision/timing.hpp"

namespace controller::decision {
namespace {

/// CloudStack waits this many ping intervals before it acts on a missing VM (reference 1.3).
constexpr double own_grace_ping_intervals = 2;

}  // namespace

RemedyPolicy policy_of(const Action& action, const Policy& policy) {
    const auto found = policy.remedies.find(action.remedy);
    return found == policy.remedies.end() ? RemedyPolicy{} : found->second;
}

std::optional<double> seconds_of_grace(const World& world, const RemedyPolicy& remedy) {
    if (!world.ping_interval || world.ping_interval->count() <= 0) {
        return std::nullopt;
    }
    return (own_grace_ping_intervals + remedy.grace_ping_intervals) *
           std::chrono::duration<double>(*world.ping_interval).count();
}

}  // namespace controller::decision
