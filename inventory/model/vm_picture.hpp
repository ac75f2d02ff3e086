#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "inventory/model/drift.hpp"

namespace inventory {

/// The two sides that a verdict compares: what CloudStack records of a VM, and where it may live.
struct VmPicture {
    VmState state = VmState::unrecognized;
    std::optional<HostId> host;  ///< these two are left out of the picture of a VM that lives twice
    std::uint64_t update_count = 0;
    std::vector<HostId> may_live_on;  ///< seen alive there, or seen last before the host fell silent; sorted
    bool may_live_unseen = false;     ///< none of these, but a host that could hold it is silent

    bool operator==(const VmPicture&) const = default;
};

VmPicture picture_of(const VmFacts& facts);

/// Since when each VM's picture has been as it is. Records and hosts are read at different moments: a VM that
/// moves from a host that is asked later to one that was asked earlier seems to be nowhere, and one that
/// CloudStack starts between two readings seems to run unrecorded. So a disagreement counts only when both
/// sides have been read again since their picture changed. That the last silent host answers is such a
/// change: a VM that leaves it before its answer may arrive where the answer is older. Not thread-safe.
class PictureHistory {
public:
    /// Notes the picture seen now and returns since when it has been so.
    Time note(VmId vm, const VmPicture& picture, Time now);

    /// Forgets VMs that were not noted since the last call: their rows are gone.
    void forget_unnoted();

private:
    struct Entry {
        VmPicture picture;
        Time since;
        bool noted = true;
    };
    std::unordered_map<VmId, Entry> entries_;
};

/// Since when a picture has been so that was `before` since `before_since`.
Time pictured_since(const VmPicture& before, Time before_since, const VmPicture& picture, Time now);

}  // namespace inventory
