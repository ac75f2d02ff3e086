#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "inventory/model/mac_address.hpp"
#include "inventory/model/network.hpp"

namespace inventory {

/// What the audit needs to know of a network that is not removed.
struct AuditedNetwork {
    Network network;
    ZoneId zone;
    /// Of the type Guest, whose NICs take their addresses from the network's counter. Elsewhere the same
    /// address twice is as it should be: the two routers of a redundant pair share that of their public
    /// interface, and control addresses are made from link-local IPs, which repeat from pod to pod.
    bool is_guest = false;
    std::optional<std::uint64_t> next;        ///< mac_address_seq
    std::optional<std::uint64_t> nics_count;  ///< user VMs' NICs that are reserved, as CloudStack counts them
};

/// A NIC that is not removed.
struct AuditedNic {
    NetworkId network;
    std::optional<MacAddress> address;  ///< null: none, or one that cannot be read
    bool is_counted = false;            ///< is one of nics_count: reserved, and of a user VM
};

/// Compares NICs with their networks. Takes all of one moment's, in any order, then concludes.
class MacAuditor {
public:
    void add(AuditedNetwork network);
    void add(const AuditedNic& nic);

    /// NICs whose network is removed count for nothing.
    [[nodiscard]] MacAudit conclude() const;

private:
    std::unordered_map<NetworkId, AuditedNetwork> networks_;
    std::vector<AuditedNic> nics_;
};

}  // namespace inventory
