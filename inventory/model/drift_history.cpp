#include "inventory/model/drift_history.hpp"

#include <algorithm>

namespace inventory {

Time DriftHistory::note(VmId vm, DriftKind kind, Time now) {
    auto& entry = entries_.try_emplace(vm, Entry{kind, now, now, true}).first->second;
    const auto pause = now - entry.noted_at;
    if (entry.kind != kind || pause < Duration::zero() || pause > longest_pause_) {
        entry.kind = kind;
        entry.since = now;
    }
    entry.noted_at = now;
    entry.noted = true;
    return entry.since;
}

void DriftHistory::inherit(VmId vm, DriftKind kind, Time since) {
    const auto found = entries_.find(vm);
    if (found != entries_.end() && found->second.kind == kind) {
        found->second.since = std::min(found->second.since, since);
    }
}

void DriftHistory::forget_unnoted() {
    std::erase_if(entries_, [](const auto& item) { return !item.second.noted; });
    for (auto& [vm, entry] : entries_) {
        entry.noted = false;
    }
}

}  // namespace inventory
