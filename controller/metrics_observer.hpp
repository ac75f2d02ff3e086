#pragma once

#include "controller/loop/surroundings.hpp"
#include "controller/metrics/controller_metrics.hpp"

namespace controller {

/// Counts what the loop decides and ends.
class MetricsObserver : public loop::LoopObserver {
public:
    explicit MetricsObserver(ControllerMetrics& metrics) : metrics_(metrics) {}

    void decided(Remedy remedy, std::string_view what, const Decision& decision) override;
    void ended(Remedy remedy, AttemptOutcome outcome, inventory::Duration took) override;
    void between_stages(const std::map<Remedy, std::uint64_t>& counts) override;
    void counted(const std::map<ActionState, std::uint64_t>& by_state, std::size_t unresolved) override;
    void paused(const std::map<PauseScope, std::uint64_t>& by_scope) override;

private:
    ControllerMetrics& metrics_;
};

}  // namespace controller
