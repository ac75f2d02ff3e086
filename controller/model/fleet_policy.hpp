#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/support/time.hpp"

namespace controller {

/// Which VMs Warden may act on at all. An empty list allows everything.
struct ScopePolicy {
    std::vector<std::string> zones;
    std::vector<std::string> clusters;
    std::vector<std::string> accounts;  ///< "alice" in any domain, or with its domain: "/research/alice"

    bool operator==(const ScopePolicy&) const = default;
};

/// The resource tag by which the owner of a VM keeps Warden away from it. Compared without regard to case, as
/// CloudStack's database does.
struct OptOutTag {
    std::string key = "warden";        ///< empty: no tag opts out
    std::optional<std::string> value;  ///< nullopt: any value opts out

    bool operator==(const OptOutTag&) const = default;
};

/// So many VMs of a group that died unseen are a storm: both limits have to be reached, so that one of one is
/// none.
struct StormLimit {
    std::uint32_t percent = 100;
    std::uint32_t count = 1;

    bool operator==(const StormLimit&) const = default;

    [[nodiscard]] bool is_reached(std::uint64_t drifted, std::uint64_t vms) const {
        return drifted >= count && drifted * 100 >= vms * percent;
    }
};

/// When so much fails at once that the cause is not in the VMs: nothing is done until a human has looked, or
/// it has been calm again for the cooldown.
struct StormPolicy {
    StormLimit host{.percent = 50, .count = 3};
    StormLimit cluster{.percent = 25, .count = 5};
    StormLimit zone{.percent = 10, .count = 10};
    inventory::Duration cooldown{std::chrono::minutes{10}};

    bool operator==(const StormPolicy&) const = default;
};

/// How many VMs may be under repair at once.
struct ConcurrencyPolicy {
    std::uint32_t host = 1;
    std::uint32_t cluster = 2;
    std::uint32_t zone = 4;
    std::uint32_t all = 8;

    bool operator==(const ConcurrencyPolicy&) const = default;
};

}  // namespace controller
