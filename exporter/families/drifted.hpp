#pragma once

#include <optional>

#include "exporter/families/each_vm.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter::families {

/// Where to look at a drifted VM: the host that CloudStack names, else the first on which it may be alive.
inline std::optional<inventory::HostId> place_of(const inventory::VmRecord& vm,
                                                 const inventory::Verdict& verdict) {
    if (vm.host || verdict.alive_on.empty()) {
        return vm.host;
    }
    return verdict.alive_on.front();
}

/// Calls `visit(const VmRecord&, const JudgedVm&)` for each VM that drifts, and then for each that cannot be
/// judged (kind `unknown`): during an outage these are many, and may not push the others over a series limit.
template <class Visit>
void for_each_drifted_vm(const inventory::Snapshot& snapshot, Visit visit) {
    using inventory::DriftKind;
    for_each_judged_vm(snapshot, [&visit](const auto& vm, const auto& judged) {
        if (judged.verdict.kind != DriftKind::none && judged.verdict.kind != DriftKind::unknown) {
            visit(vm, judged);
        }
    });
    for_each_judged_vm(snapshot, [&visit](const auto& vm, const auto& judged) {
        if (judged.verdict.kind == DriftKind::unknown) {
            visit(vm, judged);
        }
    });
}

}  // namespace exporter::families
