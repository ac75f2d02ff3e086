#include "exporter/families/places.hpp"

namespace exporter::families {
namespace {

template <class Names, class Id>
std::string_view name_in(const Names& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace

std::string_view Places::host_name(std::optional<inventory::HostId> id) const {
    const auto* found = index_.host(id);
    return found == nullptr ? std::string_view{} : std::string_view{found->name};
}

std::string_view Places::cluster_name(std::optional<inventory::HostId> id) const {
    const auto* found = index_.host(id);
    return found == nullptr ? std::string_view{} : cluster_name(*found);
}

std::string_view Places::cluster_name(const inventory::HostRecord& host) const {
    return host.cluster ? name_in(index_.records().clusters, *host.cluster) : std::string_view{};
}

std::string_view Places::zone_name(inventory::ZoneId id) const {
    return name_in(index_.records().zones, id);
}

}  // namespace exporter::families
