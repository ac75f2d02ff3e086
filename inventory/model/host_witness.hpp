#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inventory/model/domain.hpp"
#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// What one host's libvirt said when it was last asked, and what it said last before it fell silent.
struct HostWitness {
    HostId host;
    std::string uri;        ///< as connected to; holds no secret
    bool encrypted = true;  ///< false for qemu+tcp: an unauthenticated, root-equivalent port (reference 8)
    bool up = false;        ///< the newest attempt succeeded
    std::string error;      ///< why it did not; empty while `up`
    std::optional<Time>
        asked_at;  ///< when the newest successful attempt began: `domains` is not older than this
    std::optional<Time> answered_at;  ///< when the newest successful attempt ended
    std::vector<Domain> domains;      ///< of the newest successful attempt, active and defined

    bool operator==(const HostWitness&) const = default;

    /// An answer is evidence when the newest attempt succeeded and it was asked no longer ago than
    /// `freshness`; never one from the future (the clock jumped).
    [[nodiscard]] bool is_evidence(Time now, Duration freshness) const {
        return up && asked_at && *asked_at <= now && now - *asked_at <= freshness;
    }
};

}  // namespace inventory
