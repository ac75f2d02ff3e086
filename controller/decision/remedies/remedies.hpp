#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "controller/decision/verification.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/remedy.hpp"
#include "controller/model/world.hpp"
#include "inventory/model/drift.hpp"
#include "inventory/model/vm.hpp"

namespace controller::decision::remedies {

/// What one remedy treats, and how.
struct Treatment {
    Remedy remedy;
    inventory::DriftKind treats;
    /// Why this VM is not the remedy's to treat; nullopt when it is.
    std::optional<std::string> (*exempts)(const inventory::VmRecord&);
    Plan (*plan)(const inventory::VmRecord&);
    /// Whether the world agrees that the plan has come true.
    Verification (*verify)(const World&);
};

std::optional<std::string> stop_sync_exempts(const inventory::VmRecord& vm);
Plan stop_sync_plan(const inventory::VmRecord& vm);
Verification stop_sync_verify(const World& world);

/// THE list, in the order of the enumeration.
inline constexpr std::array all{
    Treatment{Remedy::stop_sync, inventory::DriftKind::stopped_out_of_band, stop_sync_exempts, stop_sync_plan,
              stop_sync_verify},
};

static_assert(all.size() == all_remedies.size(), "every remedy needs its treatment");

constexpr const Treatment& of(Remedy remedy) {
    return all.at(static_cast<std::size_t>(remedy));
}

static_assert(std::ranges::all_of(all_remedies, [](Remedy remedy) { return of(remedy).remedy == remedy; }),
              "the treatments stand in the order of the remedies");

}  // namespace controller::decision::remedies
