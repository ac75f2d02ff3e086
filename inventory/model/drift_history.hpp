#pragma once

#include <optional>
#include <unordered_map>

#include "inventory/model/drift.hpp"

namespace inventory {

/// Since when each VM has its present kind of drift. Any change of kind starts the time anew, also a moment
/// of `unknown`: a drift that could not be seen throughout has not been seen to last. For the same reason a
/// pause between two notes that is longer than `longest_pause` (this process stood still, or the clock leapt)
/// does so, and a clock that went back. Not thread-safe.
class DriftHistory {
public:
    explicit DriftHistory(Duration longest_pause) : longest_pause_(longest_pause) {}

    /// Notes the kind seen now and returns since when it has been so.
    Time note(VmId vm, DriftKind kind, Time now);

    /// Takes over since when a predecessor has seen this kind of drift; only where it was noted here too.
    void inherit(VmId vm, DriftKind kind, Time since);

    /// Forgets VMs that were not noted since the last call: their rows are gone.
    void forget_unnoted();

private:
    struct Entry {
        DriftKind kind = DriftKind::unknown;
        Time since;
        Time noted_at;
        bool noted = true;
    };
    Duration longest_pause_;
    std::unordered_map<VmId, Entry> entries_;
};

}  // namespace inventory
