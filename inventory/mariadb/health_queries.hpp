#pragma once

#include "inventory/mariadb/connection.hpp"
#include "inventory/model/database_health.hpp"

/// The queries of the readings beside the records: one file each. None of them locks a row.
namespace inventory::mariadb {

/// Which features this schema and these privileges allow (reference 3: columns come and go between 4.18 and
/// 4.22). An error means that the server could not be asked.
Result<SchemaReport> read_features(Connection& connection);

/// InnoDB's open transactions, and who waits for whom: from information_schema of MariaDB, from
/// performance_schema of MySQL. The database of the connection is taken for CloudStack's schema.
Result<InnodbLocks> read_innodb_locks(Connection& connection);

Result<InnodbCounters> read_innodb_counters(Connection& connection);

/// Who waits in GET_LOCK and, where the server tells, who holds what.
Result<NamedLocks> read_named_locks(Connection& connection);

/// The MAC counter of every network that is not removed.
Result<std::vector<MacSequence>> read_mac_sequences(Connection& connection);

/// The generators of ids, and the highest id that each has given out.
Result<std::vector<IdSequence>> read_id_sequences(Connection& connection);

/// Compares every live NIC with its network: one pass over the table.
Result<MacAudit> read_mac_audit(Connection& connection);

/// The moves of VMs to other accounts that failed lately, and what they left behind.
Result<Reassignments> read_reassignments(Connection& connection);

/// Live user VMs that have a volume of another account or domain: one pass over the VMs.
Result<std::vector<NamedVm>> read_vms_with_split_owners(Connection& connection);

}  // namespace inventory::mariadb
