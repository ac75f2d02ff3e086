#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "controller/model/move.hpp"
#include "inventory/model/ownership.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// What moving a VM to another account rests on. Read anew for every decision: an owner is never taken from
/// the shared snapshot. What is unknown is nullopt.
struct MoveWorld {
    std::optional<Move> move;  ///< the newest that the journal has for the VM; nullopt: nobody named a target
    std::optional<inventory::VmOwnership> vm;
    std::optional<inventory::MoveDestination> destination;
    /// Who waits for a lock on a row of op_networks, by network id.
    std::optional<std::map<std::uint64_t, std::size_t>> sequence_waiters;
    std::optional<inventory::Duration> lock_wait_timeout;

    bool operator==(const MoveWorld&) const = default;

    [[nodiscard]] inventory::MoveVerdict verdict() const {
        return move ? judge_move(move->outline(), vm, destination) : inventory::MoveVerdict{};
    }
};

}  // namespace controller
