#include "inventory/model/drift_history.hpp"

namespace inventory {

Time DriftHistory::note(VmId vm, DriftKind kind, Time now) {
    auto& entry = entries_.try_emplace(vm, Entry{kind, now, true}).first->second;
    // A clock that went back has not seen what it will see: the time starts anew.
    if (entry.kind != kind || entry.since > now) {
        entry = Entry{kind, now, true};
    }
    entry.noted = true;
    return entry.since;
}

void DriftHistory::forget_unnoted() {
    std::erase_if(entries_, [](const auto& item) { return !item.second.noted; });
    for (auto& [vm, entry] : entries_) {
        entry.noted = false;
    }
}

}  // namespace inventory
