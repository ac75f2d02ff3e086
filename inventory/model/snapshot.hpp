#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inventory/model/candidates.hpp"
#include "inventory/model/cloud_records.hpp"
#include "inventory/model/domain_index.hpp"
#include "inventory/model/drift.hpp"

namespace inventory {

/// How one query or one group of them went. `last_success` is the start of the newest attempt that succeeded.
struct CollectorReport {
    std::string collector;  ///< vms, hosts, management_servers, jobs, ha_work, settings, clock, schema
    bool success = false;
    std::string error;
    Duration took{};
    std::optional<Time> last_success;

    bool operator==(const CollectorReport&) const = default;
};

/// One VM of a snapshot: its verdict, and since when its drift has been of this kind.
struct JudgedVm {
    Verdict verdict;
    Time since;

    bool operator==(const JudgedVm&) const = default;
};

/// All that is known at one moment, immutable once published. `records` are the last good ones and say how
/// old they are.
struct Snapshot {
    Time composed_at;
    std::shared_ptr<const CloudRecords> records;  ///< null before the first good reading
    bool database_up = false;                     ///< the newest reading succeeded
    std::string database_error;                   ///< why it did not
    std::vector<CollectorReport> collectors;
    Witnesses witnesses;
    std::vector<JudgedVm> judged;  ///< parallel to records->vms; empty while there are no records
};

/// How the fleet is judged: the same values in the exporter and in the controller.
struct JudgementLimits {
    CandidateScope scope = CandidateScope::cluster;
    Duration freshness{std::chrono::seconds{30}};  ///< answers and records older than this are no evidence
    Duration heartbeat{std::chrono::seconds{15}};  ///< older: the management server is not alive
    DriftLimits drift;
};

/// Gathers the facts of one VM out of the records and the index; views into both.
VmFacts facts_of(const VmRecord& vm, const CloudRecords& records, const DomainIndex& index,
                 const JudgementLimits& limits, Time now);

/// Judges one VM. Records older than `limits.freshness` give `unknown`.
Verdict judge_vm(const VmRecord& vm, const CloudRecords& records, const DomainIndex& index,
                 const JudgementLimits& limits, Time now);

}  // namespace inventory
