#pragma once

#include <cstdint>

#include "inventory/model/snapshot.hpp"

namespace exporter::families {

/// Calls `visit(const Network&, std::uint64_t next)` for each network whose counter is known.
template <class Visit>
void for_each_mac_sequence(const inventory::Snapshot& snapshot, Visit visit) {
    if (!snapshot.health.mac_sequences) {
        return;
    }
    for (const auto& sequence : snapshot.health.mac_sequences->value) {
        if (sequence.next) {
            visit(sequence.network, *sequence.next);
        }
    }
}

}  // namespace exporter::families
