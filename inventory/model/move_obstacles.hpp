#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace inventory {

/// How much of one resource an account or a domain still has, and how much the move would take.
struct ResourceRoom {
    std::string owner;     ///< "account bob", "domain /sales/"
    std::string resource;  ///< user_vm, volume, cpu, memory, primary_storage
    std::int64_t used = 0;
    std::int64_t limit = -1;  ///< below 0: none
    std::int64_t needed = 0;

    bool operator==(const ResourceRoom&) const = default;

    [[nodiscard]] bool fits() const { return limit < 0 || used + needed <= limit; }
};

/// The zone, as far as it decides which networks a move may name.
struct ZoneKind {
    std::string network_type;  ///< Basic, Advanced
    bool has_security_groups = false;

    bool operator==(const ZoneKind&) const = default;
};

struct TemplateAccess {
    std::string name;
    bool may_use = false;  ///< public, the new account's own, or shared with it

    bool operator==(const TemplateAccess&) const = default;
};

/// What CloudStack checks before it moves a VM (reference 5.2), beside its owners. Each is null when its own
/// query failed: unknown, never "none".
struct MoveObstacles {
    std::optional<std::string> old_account_state;
    std::optional<std::uint64_t> port_forwarding_rules;
    std::optional<std::uint64_t> static_nat_rules;
    std::optional<std::uint64_t> load_balancer_rules;
    std::optional<std::vector<std::string>> one_to_one_nat;  ///< public addresses
    std::optional<std::vector<std::string>> snapshots;       ///< names of volumes that have one
    std::optional<std::vector<ResourceRoom>> resources;
    std::optional<TemplateAccess> vm_template;
    std::optional<ZoneKind> zone;
    std::optional<bool> has_required_offering;  ///< that CloudStack makes a network from, for who has none

    bool operator==(const MoveObstacles&) const = default;
};

}  // namespace inventory
