#include "inventory/mariadb/health_queries.hpp"
#include "inventory/mariadb/health_source.hpp"

namespace inventory::mariadb {

std::vector<HealthCollector> quick_collectors(const HealthPlan& plan) {
    return {
        finding("features", plan.scans, &DatabaseHealth::schema, read_features),
    };
}

std::vector<HealthCollector> scanning_collectors(const HealthPlan& /*plan*/) {
    return {};
}

}  // namespace inventory::mariadb
