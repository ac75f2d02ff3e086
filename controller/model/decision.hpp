#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "controller/model/command.hpp"
#include "controller/model/move.hpp"
#include "controller/model/operators.hpp"

namespace controller {

/// Why a guard holds an action. The same value feeds the log line, the counter, the API and `wardenctl
/// explain`.
struct Refusal {
    std::string sentence;                                    ///< the claim that does not hold, with its facts
    std::vector<std::pair<std::string, std::string>> facts;  ///< name and value of each fact that it rests on
    std::string lifted_by;                                   ///< what would lift it, and who can do that

    bool operator==(const Refusal&) const = default;
};

/// What one guard said. `claim` is what the guard demands ("the VM's host is Up").
struct GuardVerdict {
    std::string guard;
    std::string claim;
    std::optional<Refusal> refusal;   ///< nullopt: it passes
    std::optional<Lift> lifted = {};  ///< the human's word by which this refusal does not hold the action

    bool operator==(const GuardVerdict&) const = default;

    [[nodiscard]] bool holds() const { return refusal && !lifted; }
};

/// stopVirtualMachine with forced=true: for a VM without a domain on a host that is Up it is CloudStack's own
/// complete clean-up (reference 6.7).
struct StopVm {
    static constexpr Command command = Command::stop_vm;

    std::string vm_uuid;
    bool forced = true;

    bool operator==(const StopVm&) const = default;
};

/// startVirtualMachine, on a host of CloudStack's choice.
struct StartVm {
    static constexpr Command command = Command::start_vm;

    std::string vm_uuid;

    bool operator==(const StartVm&) const = default;
};

/// assignVirtualMachine: moves a stopped VM to another account. Synchronous: no job, and its event tells how
/// it ended (reference 5.1, 5.5).
struct AssignVm {
    static constexpr Command command = Command::assign_vm;

    std::string vm_uuid;
    MoveTarget target;

    bool operator==(const AssignVm&) const = default;
};

/// THE list of what can be done to the cloud; each knows its command.
using Plan = std::variant<StopVm, StartVm, AssignVm>;

inline Command command_of(const Plan& plan) {
    return std::visit([](const auto& one) { return one.command; }, plan);
}

/// What the pure core says: act with `plan` when no guard holds, else hold. All verdicts, always.
struct Decision {
    std::vector<GuardVerdict> verdicts;
    std::optional<Plan> plan;  ///< set exactly when every guard passes, or is lifted

    bool operator==(const Decision&) const = default;

    [[nodiscard]] bool acts() const { return plan.has_value(); }

    /// Whether this guard holds and no other does: held by `mode` alone, an action would act in mode auto.
    [[nodiscard]] bool is_held_only_by(std::string_view guard) const {
        bool held = false;
        for (const auto& verdict : verdicts) {
            if (verdict.holds() && verdict.guard != guard) {
                return false;
            }
            held = held || verdict.holds();
        }
        return held;
    }
};

}  // namespace controller
