#include "inventory/model/drift.hpp"

namespace inventory {

std::string_view to_word(DriftKind kind) {
    switch (kind) {
        case DriftKind::none:
            return "none";
        case DriftKind::duplicate_running:
            return "duplicate_running";
        case DriftKind::running_recorded_stopped:
            return "running_recorded_stopped";
        case DriftKind::stopped_out_of_band:
            return "stopped_out_of_band";
        case DriftKind::report_contradicted:
            return "report_contradicted";
        case DriftKind::wrong_host:
            return "wrong_host";
        case DriftKind::stuck_transition:
            return "stuck_transition";
        case DriftKind::unknown:
            return "unknown";
    }
    return "unknown";
}

std::string_view to_word(HypervisorState state) {
    switch (state) {
        case HypervisorState::running:
            return "running";
        case HypervisorState::paused:
            return "paused";
        case HypervisorState::shutoff:
            return "shutoff";
        case HypervisorState::crashed:
            return "crashed";
        case HypervisorState::pmsuspended:
            return "pmsuspended";
        case HypervisorState::absent:
            return "absent";
        case HypervisorState::unknown:
            return "unknown";
    }
    return "unknown";
}

}  // namespace inventory
