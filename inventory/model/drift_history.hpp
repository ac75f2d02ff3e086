#pragma once

#include <optional>
#include <unordered_map>

#include "inventory/model/drift.hpp"

namespace inventory {

/// Since when each VM has its present kind of drift. Any change of kind starts the time anew, also a moment
/// of `unknown`: a drift that could not be seen throughout has not been seen to last. Not thread-safe.
class DriftHistory {
public:
    /// Notes the kind seen now and returns since when it has been so.
    Time note(VmId vm, DriftKind kind, Time now);

    /// Forgets VMs that were not noted since the last call: their rows are gone.
    void forget_unnoted();

private:
    struct Entry {
        DriftKind kind = DriftKind::unknown;
        Time since;
        bool noted = true;
    };
    std::unordered_map<VmId, Entry> entries_;
};

}  // namespace inventory
