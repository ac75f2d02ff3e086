#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "controller/cloudstack/api.hpp"
#include "controller/journal/journal.hpp"
#include "controller/journal/moves.hpp"
#include "controller/journal/operators.hpp"
#include "controller/loop/cloud_view.hpp"
#include "controller/loop/fleet_watch.hpp"
#include "controller/loop/silences.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/leadership.hpp"
#include "controller/model/policy.hpp"
#include "inventory/model/snapshot.hpp"

namespace controller::loop {

/// Who wants to hear of decisions and outcomes: the metrics. Called from the loop's threads.
class LoopObserver {
public:
    virtual ~LoopObserver() = default;

    virtual void decided(Remedy remedy, std::string_view what, const Decision& decision) = 0;
    virtual void ended(Remedy remedy, AttemptOutcome outcome, inventory::Duration took) = 0;
    /// Open actions of remedies that make more than one call, that wait between two of them.
    virtual void between_stages(const std::map<Remedy, std::uint64_t>& counts) = 0;
    virtual void counted(const std::map<ActionState, std::uint64_t>& by_state, std::size_t unresolved) = 0;
    /// Pauses in force, by what they cover; scopes without one are left out.
    virtual void paused(const std::map<PauseScope, std::uint64_t>& by_scope) = 0;
};

/// Waits for the time given; false when the program is stopping and the caller has to let go.
using Pause = std::function<bool(inventory::Duration)>;

/// What the loop works with. Everything is safe from any thread and outlives the loop.
struct Surroundings {
    CloudView& cloud;
    journal::Journal& journal;
    journal::Operators& operators;
    const Silences& silences;
    journal::Moves& moves;
    cloudstack::Api& api;
    LoopObserver& observer;
    FleetWatch& fleet;
    inventory::Clock clock;
    Pause pause;
    std::function<Leadership()> leadership;  ///< what is known of the lease at this instant

    [[nodiscard]] std::optional<Leadership> lease() const {
        return leadership ? std::optional{leadership()} : std::nullopt;
    }
    [[nodiscard]] bool leads() const { return leadership && leadership().leads(); }
};

struct LoopSettings {
    Policy policy;
    inventory::JudgementLimits limits;
    inventory::Duration judge_interval{std::chrono::seconds{5}};
    inventory::Duration expires{std::chrono::seconds{60}};     ///< how long a request of ours is good for
    inventory::Duration job_timeout{std::chrono::minutes{5}};  ///< how long one asynchronous job is followed
};

}  // namespace controller::loop
