#include "inventory/mariadb/health_queries.hpp"
#include "inventory/mariadb/health_source.hpp"

namespace inventory::mariadb {

std::vector<HealthCollector> quick_collectors(const HealthPlan& plan) {
    return {
        finding("features", plan.scans, &DatabaseHealth::schema, read_features),
        finding("innodb_locks", plan.locks, &DatabaseHealth::innodb_locks, read_innodb_locks),
        finding("innodb_counters", plan.locks, &DatabaseHealth::innodb_counters, read_innodb_counters),
        finding("named_locks", plan.locks, &DatabaseHealth::named_locks, read_named_locks),
    };
}

std::vector<HealthCollector> scanning_collectors(const HealthPlan& /*plan*/) {
    return {};
}

}  // namespace inventory::mariadb
