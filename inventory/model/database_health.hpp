#pragma once

#include <memory>
#include <vector>

#include "inventory/model/innodb_counters.hpp"
#include "inventory/model/lock_wait.hpp"
#include "inventory/model/named_lock.hpp"
#include "inventory/model/network.hpp"
#include "inventory/model/reassignment.hpp"
#include "inventory/model/schema_report.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// What one reading found, and when it began: nothing in it is older.
template <class T>
struct Dated {
    Time read_at;
    T value;
};

/// Null: not known, because it was never read or because the newest attempt failed.
template <class T>
using Finding = std::shared_ptr<const Dated<T>>;

/// What the readings beside the records found, each made at a tempo of its own. One line per reading; which
/// query fills it is in THE lists of inventory/mariadb/health_collectors.cpp.
struct DatabaseHealth {
    Finding<SchemaReport> schema;
    Finding<InnodbLocks> innodb_locks;
    Finding<InnodbCounters> innodb_counters;
    Finding<NamedLocks> named_locks;
    Finding<std::vector<MacSequence>> mac_sequences;
    Finding<std::vector<IdSequence>> id_sequences;
    Finding<MacAudit> mac_audit;
    Finding<Reassignments> reassignments;
    Finding<std::vector<NamedVm>> split_owners;
};

}  // namespace inventory
