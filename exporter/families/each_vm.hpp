#pragma once

#include <algorithm>
#include <cstddef>

#include "exporter/exposition/sample_writer.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter::families {

/// Calls `visit(const VmRecord&)` for each VM; not at all before the database was read.
template <class Visit>
void for_each_vm(const inventory::Snapshot& snapshot, Visit visit) {
    if (!snapshot.records) {
        return;
    }
    for (const auto& vm : snapshot.records->vms) {
        visit(vm);
    }
}

/// Calls `visit(const VmRecord&, const JudgedVm&)` for each VM that was judged.
template <class Visit>
void for_each_judged_vm(const inventory::Snapshot& snapshot, Visit visit) {
    if (!snapshot.records) {
        return;
    }
    const auto& rows = snapshot.records->vms;
    for (std::size_t i = 0; i < std::min(rows.size(), snapshot.judged.size()); ++i) {
        visit(rows[i], snapshot.judged[i]);
    }
}

}  // namespace exporter::families
