#pragma once

#include <optional>
#include <string_view>

#include "inventory/model/record_index.hpp"

namespace exporter::families {

/// The names of the places that records point at by id. What has no row has no name: an empty text, so no
/// label. Views into the records: it must not outlive them.
class Places {
public:
    explicit Places(const inventory::CloudRecords& records) : index_(records) {}

    [[nodiscard]] std::string_view host_name(std::optional<inventory::HostId> id) const;
    /// Of the cluster that the host is in.
    [[nodiscard]] std::string_view cluster_name(std::optional<inventory::HostId> id) const;
    [[nodiscard]] std::string_view cluster_name(const inventory::HostRecord& host) const;
    [[nodiscard]] std::string_view zone_name(inventory::ZoneId id) const;

private:
    inventory::RecordIndex index_;
};

}  // namespace exporter::families
