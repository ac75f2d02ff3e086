#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inventory/model/drift_history.hpp"
#include "inventory/model/snapshot.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::observer {

/// What the pollers brought so far, by itself without any judgement.
struct Evidence {
    std::shared_ptr<const CloudRecords> records;  ///< of the last reading that succeeded
    bool database_up = false;
    std::string database_error;
    std::vector<CollectorReport> collectors;
    Witnesses witnesses;
    DatabaseHealth health;
    std::vector<CollectorReport> health_collectors;
};

/// Takes in one more reading of the database. A reading that failed brings nothing: the last good records
/// stay, and every collector is reported as failed.
void note_reading(Evidence& evidence, Result<Reading> reading);

/// Takes in one reading beside the records: what it changes, and how it went.
void note_health(Evidence& evidence, HealthNote note);

/// Judges every VM of the evidence and remembers since when each has drifted. Not thread-safe.
class Composer {
public:
    explicit Composer(JudgementLimits limits) : limits_(limits), drifts_(limits.freshness) {}

    Snapshot compose(Evidence evidence, Time now);

    /// Drift that a predecessor saw until now, and that we have come to see as well, lasts since when it
    /// says.
    void continue_from(const Snapshot& former, Time now);

private:
    JudgementLimits limits_;
    PictureHistory pictures_;
    DriftHistory drifts_;
};

/// The evidence read for one VM alone, judged. `since` is taken from `shared`, the newest snapshot of the
/// fleet, where that is evidence still and knew the VM with the same kind of drift; otherwise the drift has
/// lasted since `now`. Since when the VM's picture has been as it is, is taken from `before`: what was known
/// before the hosts were asked for this reading.
Snapshot compose_afresh(Evidence evidence, const Snapshot& shared, const Snapshot& before,
                        const JudgementLimits& limits, Time now);

}  // namespace inventory::observer
