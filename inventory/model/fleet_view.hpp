#pragma once

#include <unordered_set>

#include "inventory/model/candidates.hpp"
#include "inventory/model/domain_index.hpp"
#include "inventory/model/drift.hpp"
#include "inventory/model/power_proof.hpp"
#include "inventory/model/record_index.hpp"

namespace inventory {

/// How the fleet is judged: the same values in the exporter and in the controller.
struct JudgementLimits {
    CandidateScope scope = CandidateScope::cluster;
    Duration freshness{std::chrono::seconds{30}};  ///< answers and records older than this are no evidence
    Duration heartbeat{std::chrono::seconds{15}};  ///< older: the management server is not alive
    PowerProof power_proof = PowerProof::none;
    DriftLimits drift;
};

/// Records and sightings of one moment, brought together to judge every VM; built once per composition, cheap
/// to ask per VM. Points into both: it must not outlive them. `now` may not be before the records were read
/// or the hosts were asked: what comes from the future is no evidence.
class FleetView {
public:
    FleetView(const CloudRecords& records, const DomainIndex& domains, const JudgementLimits& limits,
              Time now);

    [[nodiscard]] const RecordIndex& records() const { return records_; }

    /// Why it is not proven that this host, which has not answered, is off; nullopt when it is.
    [[nodiscard]] std::optional<std::string> doubt_that_off(HostId id) const;

    /// The facts of one VM out of the records and the index; points into both.
    [[nodiscard]] VmFacts facts_of(const VmRecord& vm) const;

    /// Judges one VM, whose picture has been as it is since `pictured_since`. Records that are too old to be
    /// evidence give `unknown`.
    [[nodiscard]] Verdict judge_vm(const VmRecord& vm, Time pictured_since) const;
    [[nodiscard]] Verdict judge_vm(VmFacts facts, Time pictured_since) const;

private:
    void sort_out_silent_hosts();
    [[nodiscard]] std::vector<HostId> last_seen_alive(const VmRecord& vm) const;
    [[nodiscard]] std::vector<HostId> candidates_off(const Reach& reach) const;
    [[nodiscard]] std::vector<HostId> silent_candidates(Reach reach,
                                                        const std::vector<HostId>& last_seen_alive) const;
    [[nodiscard]] std::vector<HostId> outdated_witnesses(const VmFacts& facts, Time pictured_since) const;
    [[nodiscard]] std::optional<bool> manager_alive(const HostRecord* host) const;

    RecordIndex records_;
    const DomainIndex* domains_;
    JudgementLimits limits_;
    Time now_;
    HostGroups silent_;               ///< hosts whose answer is no evidence, and that are not proven off
    std::unordered_set<HostId> off_;  ///< those that are
};

}  // namespace inventory
