#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "inventory/support/id.hpp"

namespace inventory {

/// A MAC address as a number: the first byte is the highest of six.
struct MacAddress {
    std::uint64_t value = 0;

    auto operator<=>(const MacAddress&) const = default;  // NOLINT(modernize-use-nullptr): no pointer is near

    /// Whether CloudStack makes such addresses for this network from its counter: 02, the zone's identifier,
    /// the low 16 bits of the network's id, the counter; or, where no identifier is configured in old
    /// releases, 02:00, two random bytes, the counter (reference 4.3). Addresses that people chose seldom
    /// look like this.
    [[nodiscard]] bool is_generated_for(NetworkId network) const;

    /// The counter that a generated address was made from.
    [[nodiscard]] std::uint64_t counter() const { return value & 0xffff; }
};

/// "02:01:00:cc:00:2a", in either case; nullopt for anything else.
std::optional<MacAddress> parse_mac_address(std::string_view text);

}  // namespace inventory
