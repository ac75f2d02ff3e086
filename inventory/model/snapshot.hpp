#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inventory/model/cloud_records.hpp"
#include "inventory/model/database_health.hpp"
#include "inventory/model/domain_index.hpp"
#include "inventory/model/drift.hpp"
#include "inventory/model/fleet_view.hpp"
#include "inventory/model/vm_picture.hpp"

namespace inventory {

/// How one query or one group of them went. `last_success` is the start of the newest attempt that succeeded.
struct CollectorReport {
    std::string collector;  ///< vms, hosts, jobs, ...: a name of THE lists in inventory/mariadb
    bool success = false;
    std::string error;
    Duration took{};
    std::optional<Time> last_success;

    bool operator==(const CollectorReport&) const = default;
};

/// One VM of a snapshot: its verdict, since when its drift has been of this kind, and the picture that was
/// judged, with since when that has been so.
struct JudgedVm {
    Verdict verdict;
    Time since;
    VmPicture picture{};
    Time pictured_since{};

    bool operator==(const JudgedVm&) const = default;
};

/// All that is known at one moment, immutable once published. `records` are the last good ones and say how
/// old they are.
struct Snapshot {
    Time composed_at;
    JudgementLimits limits;                       ///< what it was judged by
    std::shared_ptr<const CloudRecords> records;  ///< null before the first good reading
    bool database_up = false;                     ///< the newest reading succeeded
    std::string database_error;                   ///< why it did not
    std::vector<CollectorReport> collectors;
    Witnesses witnesses;
    std::vector<JudgedVm> judged;  ///< parallel to records->vms; empty while there are no records
    DatabaseHealth health;
};

}  // namespace inventory
