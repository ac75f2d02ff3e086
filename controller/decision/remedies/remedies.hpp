#pragma once

#include <array>
#include <optional>
#include <string>

#include "controller/decision/verification.hpp"
#include "controller/model/action.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/remedy.hpp"
#include "controller/model/world.hpp"
#include "inventory/model/drift.hpp"
#include "inventory/model/vm.hpp"

namespace controller::decision::remedies {

/// What one remedy treats, and how.
struct Treatment {
    Remedy remedy;
    /// Its guards ask what was asked of CloudStack for the VM (World::past).
    bool asks_for_past;
    /// The verdict that has to stand before the call of this stage.
    inventory::DriftKind (*treats)(Stage);
    /// Why this VM is not the remedy's to treat in this stage; nullopt when it is.
    std::optional<std::string> (*exempts)(Stage, const inventory::VmRecord&);
    /// The call of this stage.
    Command (*command)(Stage);
    /// That call, spelt out. Asked only when the VM's identity is certain.
    Plan (*plan)(const Action&, const World&);
    /// Whether the world agrees that this call has come true.
    Verification (*verify)(Command, const World&);
    /// The stage after this call has come true; nullopt: the action has succeeded.
    std::optional<Stage> (*next)(Command);
    /// Why nothing is left to do for an action whose alert can no longer end it; nullopt while something is.
    std::optional<std::string> (*overtaken)(const Action&, const World&);
};

extern const Treatment stop_sync;
extern const Treatment ha_restart;
extern const Treatment reassign_retry;

/// THE list, in the order of the enumeration.
inline constexpr std::array<const Treatment*, all_remedies.size()> all{&stop_sync, &ha_restart,
                                                                       &reassign_retry};

inline const Treatment& of(Remedy remedy) {
    return *all.at(static_cast<std::size_t>(remedy));
}

}  // namespace controller::decision::remedies
