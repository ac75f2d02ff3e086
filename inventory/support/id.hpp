#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>

namespace inventory {

/// A database id that cannot be mistaken for the id of something else.
template <class Tag>
struct Id {
    std::uint64_t value = 0;

    auto operator<=>(const Id&) const = default;  // NOLINT(modernize-use-nullptr): no pointer is near
};

template <class Tag>
std::ostream& operator<<(std::ostream& out, Id<Tag> id) {
    return out << id.value;
}

using VmId = Id<struct VmTag>;
using HostId = Id<struct HostTag>;
using ClusterId = Id<struct ClusterTag>;
using ZoneId = Id<struct ZoneTag>;
using NetworkId = Id<struct NetworkTag>;

}  // namespace inventory

template <class Tag>
struct std::hash<inventory::Id<Tag>> {
    std::size_t operator()(inventory::Id<Tag> id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
