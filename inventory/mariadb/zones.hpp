#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/mariadb/queries.hpp"

/// The filter cloud.zones: which VMs and hosts are read at all.
namespace inventory::mariadb {

/// A further condition on a column that holds a zone's id: " AND h.data_center_id IN (...)". Nothing when no
/// zone is named.
std::string within_zones(std::string_view column, const ZoneNames& zones);

/// The values for its marks.
std::vector<Parameter> parameters_of(const ZoneNames& zones);

/// Names the zones that there are not: their VMs would go unwatched in silence.
Status check_zones(const ZoneNames& zones, const std::map<ZoneId, std::string>& known);

}  // namespace inventory::mariadb
