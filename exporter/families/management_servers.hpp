#pragma once

#include <map>
#include <string_view>

#include "inventory/model/snapshot.hpp"

namespace exporter::families {

/// The management servers by name; empty when they could not be read. A machine that was installed anew
/// leaves its former row behind under the same name: the one with the newer heartbeat counts.
inline std::map<std::string_view, const inventory::ManagementServer*> servers_by_name(
    const inventory::Snapshot& snapshot) {
    std::map<std::string_view, const inventory::ManagementServer*> by_name;
    if (!snapshot.records || !snapshot.records->management_servers) {
        return by_name;
    }
    for (const auto& server : *snapshot.records->management_servers) {
        auto& kept = by_name[server.name];
        if (kept == nullptr || kept->last_update < server.last_update) {
            kept = &server;
        }
    }
    return by_name;
}

}  // namespace exporter::families
