#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/support/id.hpp"

namespace inventory {

/// A network that is not removed. Names may repeat and hold anything; the uuid tells networks apart.
struct Network {
    NetworkId id;
    std::string uuid;
    std::string name;

    bool operator==(const Network&) const = default;
};

/// The counter of a network stands in the low 16 bits of its MAC addresses, unmasked: from this value on it
/// overwrites the bits of the network's id, and two networks may give out the same address (reference 4.3).
constexpr std::int64_t mac_sequence_end = 65536;

/// The counter that a network's MAC addresses are taken from: its row of op_networks.
struct MacSequence {
    Network network;
    std::optional<std::uint64_t>
        next;  ///< null: the row is missing, and no NIC can be made (reference 4.6, F1)

    bool operator==(const MacSequence&) const = default;
};

/// A generator of ids (a row of `sequence`), and the table that it numbers.
struct IdSequence {
    std::string name;                   ///< networks_seq, vm_instance_seq
    std::optional<std::uint64_t> next;  ///< null: the row is missing
    std::uint64_t highest_used = 0;     ///< 0 while the table is empty

    bool operator==(const IdSequence&) const = default;

    /// How many ids it will give out that are taken; 0 when it is ahead.
    [[nodiscard]] std::optional<std::uint64_t> behind() const {
        if (!next) {
            return std::nullopt;
        }
        return highest_used < *next ? 0 : highest_used + 1 - *next;
    }
};

/// By how much a network is out of step with its NICs.
struct NetworkShift {
    Network network;
    std::int64_t by = 0;

    bool operator==(const NetworkShift&) const = default;
};

/// What reading every NIC brought to light (reference 4.7, C3 to C6).
struct MacAudit {
    std::uint64_t duplicated_in_network = 0;  ///< addresses that two live NICs of one network have
    std::uint64_t duplicated_in_zone = 0;     ///< the same of one zone, those of one network included
    std::vector<NetworkShift> behind;         ///< networks whose counter will give out addresses in use
    std::vector<NetworkShift> nics_count;     ///< networks whose nics_count is above or below the NICs in use

    bool operator==(const MacAudit&) const = default;
};

}  // namespace inventory
