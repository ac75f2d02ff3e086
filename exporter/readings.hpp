#pragma once

#include <vector>

#include "exporter/exposition/exposition.hpp"
#include "inventory/mariadb/health_source.hpp"

namespace exporter {

/// Those readings that some family of the plan shows: what nobody would see need not be asked of the
/// database.
std::vector<inventory::mariadb::HealthCollector> needed(
    std::vector<inventory::mariadb::HealthCollector> collectors, const PagePlan& plan);

}  // namespace exporter
