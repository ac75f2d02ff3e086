#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/model/domain.hpp"
#include "inventory/model/record_index.hpp"
#include "inventory/model/report_status.hpp"

namespace inventory {

/// Where CloudStack's record and the hypervisors disagree (design, section 4). `none` is agreement.
enum class DriftKind {
    none,
    duplicate_running,
    running_recorded_stopped,
    stopped_out_of_band,
    report_contradicted,
    wrong_host,
    stuck_transition,
    unknown,
};

/// The word in metrics and alerts: "stopped_out_of_band".
std::string_view to_word(DriftKind kind);

/// What the hypervisors together show of one VM.
enum class HypervisorState { running, paused, shutoff, crashed, pmsuspended, absent, unknown };

std::string_view to_word(HypervisorState state);

/// All that is known about one VM at one moment: the three witnesses, and what bears on how to read them.
struct VmFacts {
    const VmRecord* record = nullptr;
    const HostRecord* host = nullptr;       ///< of record->host; null when the VM has none or its row is gone
    const HostRecord* reporter = nullptr;   ///< of record->power_host; null likewise
    const RecordIndex* records = nullptr;   ///< for the names of hosts in sentences; null: their ids
    bool has_candidates = false;            ///< some host could hold it: asking nobody shows nothing
    std::vector<Sighting> sightings;        ///< hosts that answered in time and show a domain of this VM
    std::vector<HostId> silent_candidates;  ///< hosts that could hold it and have not answered in time
    std::vector<HostId>
        off_candidates;  ///< hosts that could hold it and are proven off: they are no silent ones
    std::vector<HostId> last_seen_alive;  ///< those silent hosts whose last answer showed it alive
    /// Hosts whose answer matters (those that show it alive, or all that could hold it) and was asked for
    /// before the picture became what it is: see VmPicture.
    std::vector<HostId> outdated_witnesses;
    bool record_outdated = false;         ///< CloudStack's record was read before that
    std::optional<bool> job_in_progress;  ///< a vm_work_job IN_PROGRESS; nullopt when the query failed
    std::optional<bool> manager_alive;    ///< the host's management server is Up with a fresh heartbeat
    std::optional<std::chrono::seconds> ping_interval;
};

/// How long a transition may take before it is called stuck.
struct DriftLimits {
    Duration transition{std::chrono::minutes{10}};
};

struct Verdict {
    DriftKind kind = DriftKind::unknown;
    HypervisorState shown = HypervisorState::unknown;
    std::optional<ReportStatus>
        report;  ///< nullopt where no report is due (a VM that is recorded Stopped, and off)
    std::vector<HostId> alive_on;   ///< hosts where a QEMU process of this VM may exist
    std::string reason;             ///< one sentence: which facts led to `kind`
    std::vector<HostId> awaited{};  ///< hosts that have to be asked again before more can be said
    bool awaits_record = false;     ///< CloudStack's record has to be read again before more can be said

    bool operator==(const Verdict&) const = default;
};

/// The verdict on one VM; pure, total, and used by the exporter and by the controller's guards alike, so that
/// alert and guard can never disagree about what drift means. The first kind of the table in design section 4
/// that applies.
Verdict judge(const VmFacts& facts, const DriftLimits& limits, Time now);

}  // namespace inventory
