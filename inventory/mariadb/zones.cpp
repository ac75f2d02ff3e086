#include "inventory/mariadb/zones.hpp"

#include <algorithm>

namespace inventory::mariadb {

std::string within_zones(std::string_view column, const ZoneNames& zones) {
    if (zones.empty()) {
        return "";
    }
    std::string marks = "?";
    for (std::size_t i = 1; i < zones.size(); ++i) {
        marks += ", ?";
    }
    return " AND " + std::string{column} +
           " IN (SELECT id FROM data_center WHERE removed IS NULL AND name IN (" + marks + "))";
}

std::vector<Parameter> parameters_of(const ZoneNames& zones) {
    return {zones.begin(), zones.end()};
}

Status check_zones(const ZoneNames& zones, const std::map<ZoneId, std::string>& known) {
    std::string missing;
    std::string names;
    for (const auto& zone : zones) {
        const bool is_known =
            std::any_of(known.begin(), known.end(), [&zone](const auto& one) { return one.second == zone; });
        missing += is_known ? "" : (missing.empty() ? "'" : ", '") + zone + "'";
    }
    for (const auto& [id, name] : known) {
        names += (names.empty() ? "" : ", ") + name;
    }
    if (missing.empty()) {
        return {};
    }
    return failure("cloud.zones names " + missing + ", and no zone is called so; the zones are " + names);
}

}  // namespace inventory::mariadb
