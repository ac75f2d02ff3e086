#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "inventory/support/time.hpp"

namespace controller {

/// What this controller knows of the lease that one controller at a time holds: who has it acts, the others
/// take alerts in and watch.
struct Leadership {
    std::string controller;   ///< this one's name
    std::string holder{};     ///< of the lease as last read; empty: nobody
    std::uint64_t token = 0;  ///< the lease's fencing token as last read; 0: never taken, or never read
    /// Ours alone: how long this controller may still begin something, by its own steady clock, the margin
    /// taken off. nullopt: the lease is not ours, or nothing is known of it.
    std::optional<inventory::Duration> left{};
    std::optional<inventory::Time> taken_at{};    ///< by the database's clock
    std::optional<inventory::Time> expires_at{};  ///< by the database's clock
    std::string trouble{};  ///< why it could not be read, taken or renewed; empty: nothing

    bool operator==(const Leadership&) const = default;

    [[nodiscard]] bool leads() const { return left && *left > inventory::Duration::zero(); }
};

}  // namespace controller
