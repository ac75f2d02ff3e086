#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// A failed move of a VM to another account is shown for this long, unless a later one succeeds.
constexpr std::chrono::days reassignment_memory{7};

/// A live VM as an event or a check names it.
struct NamedVm {
    VmId id;
    std::string instance_name;
    std::string uuid;

    bool operator==(const NamedVm&) const = default;
};

/// What a broken move leaves behind (reference 5.5, 5.6).
struct MoveRemains {
    bool owner_differs = false;  ///< a volume of the VM belongs to somebody else than the VM
    bool no_nic = false;         ///< the VM is a stopped user VM without any live NIC
    bool network_left = false;   ///< a network was made for the new owner, and nothing uses it

    bool operator==(const MoveRemains&) const = default;
};

/// One VM.MOVE event, written when the move ended.
struct MoveEvent {
    bool names_vm = false;      ///< old releases do not say which VM it was
    std::optional<NamedVm> vm;  ///< null also when that VM is gone
    bool failed = false;
    Time ended;
    MoveRemains remains;  ///< of the VM, as it is now
};

/// A network of the kind that a move makes for an owner who has none (`<account>-network`), still Allocated
/// and without NICs.
struct UnusedNetwork {
    Time created;
};

/// The newest move of this VM failed.
struct FailedMove {
    NamedVm vm;
    Time failed_at;
    MoveRemains remains;

    bool operator==(const FailedMove&) const = default;
};

/// The moves of the last days.
struct Reassignments {
    std::vector<FailedMove> failed;
    std::uint64_t failed_unnamed = 0;  ///< failures whose event does not say which VM it was

    bool operator==(const Reassignments&) const = default;
};

/// From the events in the order of their ids.
Reassignments judge_moves(const std::vector<MoveEvent>& events,
                          const std::vector<UnusedNetwork>& unused_networks);

}  // namespace inventory
