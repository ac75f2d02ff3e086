#include "controller/metrics_observer.hpp"

namespace controller {

void MetricsObserver::decided(Remedy remedy, std::string_view what, const Decision& decision) {
    metrics_.decision_made(remedy, what);
    for (const auto& verdict : decision.verdicts) {
        if (verdict.holds()) {
            metrics_.guard_refused(remedy, verdict.guard);
        }
    }
}

void MetricsObserver::ended(Remedy remedy, AttemptOutcome outcome, inventory::Duration took) {
    metrics_.action_ended(remedy, to_word(outcome), took);
}

void MetricsObserver::between_stages(const std::map<Remedy, std::uint64_t>& counts) {
    metrics_.actions_between_stages(counts);
}

void MetricsObserver::counted(const std::map<ActionState, std::uint64_t>& by_state, std::size_t unresolved) {
    metrics_.actions_by_state(by_state);
    metrics_.intents_unresolved(unresolved);
}

void MetricsObserver::paused(const std::map<PauseScope, std::uint64_t>& by_scope) {
    metrics_.pauses_by_scope(by_scope);
}

}  // namespace controller
