#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "controller/model/action.hpp"
#include "controller/model/leadership.hpp"
#include "controller/model/operators.hpp"
#include "controller/model/remedy.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// The controller's own metrics (design, section 5), one call per event. Safe from any thread.
class ControllerMetrics {
public:
    explicit ControllerMetrics(const std::string& version);
    ~ControllerMetrics();
    ControllerMetrics(const ControllerMetrics&) = delete;
    ControllerMetrics& operator=(const ControllerMetrics&) = delete;

    // Intake.
    void alert_received(bool firing);
    void alert_rejected(std::string_view reason);
    void alerts_truncated(std::uint64_t count);
    void webhook_answered(inventory::Duration took);

    // Decision.
    void decision_made(Remedy remedy, std::string_view decision);
    void guard_refused(Remedy remedy, std::string_view guard);
    void remedy_mode(Remedy remedy, Mode mode);

    // Actions: the counts come from the journal, which outlives this process.
    void action_ended(Remedy remedy, std::string_view outcome, inventory::Duration took);
    void actions_by_state(const std::map<ActionState, std::uint64_t>& counts);
    void actions_between_stages(const std::map<Remedy, std::uint64_t>& counts);
    void intents_unresolved(std::uint64_t count);

    // Operators.
    void pauses_by_scope(const std::map<PauseScope, std::uint64_t>& counts);
    void alertmanager_read(bool successfully);

    // Edges.
    void journal_written(inventory::Duration took);
    void api_request(std::string_view command, std::string_view result);
    void web_config_read(bool successfully);
    void leadership(const Leadership& known);
    void config_read(bool successfully, inventory::Time in_force_since, double hash);

    /// All of them in the text format 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace controller
