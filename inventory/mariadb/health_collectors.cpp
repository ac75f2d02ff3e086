#include "inventory/mariadb/health_queries.hpp"
#include "inventory/mariadb/health_source.hpp"

namespace inventory::mariadb {

std::vector<HealthCollector> quick_collectors(const HealthPlan& plan) {
    return {
        finding("features", plan.scans, &DatabaseHealth::schema, read_features),
        finding("innodb_locks", plan.locks, &DatabaseHealth::innodb_locks, read_innodb_locks),
        finding("innodb_counters", plan.locks, &DatabaseHealth::innodb_counters, read_innodb_counters),
        finding("named_locks", plan.locks, &DatabaseHealth::named_locks, read_named_locks),
        finding("mac_sequences", plan.sequences, &DatabaseHealth::mac_sequences, read_mac_sequences),
        finding("id_sequences", plan.sequences, &DatabaseHealth::id_sequences, read_id_sequences),
        finding("reassignments", plan.sequences, &DatabaseHealth::reassignments, read_reassignments),
    };
}

std::vector<HealthCollector> scanning_collectors(const HealthPlan& plan) {
    return {
        finding("mac_addresses", plan.scans, &DatabaseHealth::mac_audit, read_mac_audit),
        finding("vm_owners", plan.scans, &DatabaseHealth::split_owners, read_vms_with_split_owners),
    };
}

}  // namespace inventory::mariadb
