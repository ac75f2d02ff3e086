#include "inventory/observer/composer.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace inventory::observer {
namespace {

using SinceWhen = std::function<Time(const VmRecord&, DriftKind)>;

Snapshot judged(Evidence evidence, const JudgementLimits& limits, Time now, const SinceWhen& since_when) {
    Snapshot snapshot;
    snapshot.composed_at = now;
    snapshot.records = std::move(evidence.records);
    snapshot.database_up = evidence.database_up;
    snapshot.database_error = std::move(evidence.database_error);
    snapshot.collectors = std::move(evidence.collectors);
    std::move(evidence.health_collectors.begin(), evidence.health_collectors.end(),
              std::back_inserter(snapshot.collectors));
    snapshot.health = std::move(evidence.health);
    snapshot.witnesses = std::move(evidence.witnesses);
    if (!snapshot.records) {
        return snapshot;
    }
    const DomainIndex domains{snapshot.witnesses, now, limits.freshness};
    const FleetView fleet{*snapshot.records, domains, limits, now};
    snapshot.judged.reserve(snapshot.records->vms.size());
    for (const auto& vm : snapshot.records->vms) {
        auto verdict = fleet.judge_vm(vm);
        const auto since = since_when(vm, verdict.kind);
        snapshot.judged.push_back(JudgedVm{std::move(verdict), since});
    }
    return snapshot;
}

/// Since when `snapshot` has seen this kind of drift of the VM; nullopt when it has not.
std::optional<Time> since_in(const Snapshot& snapshot, const VmRecord& vm, DriftKind kind) {
    for (std::size_t i = 0; i < snapshot.judged.size(); ++i) {
        if (snapshot.records->vms[i].id == vm.id && snapshot.judged[i].verdict.kind == kind) {
            return snapshot.judged[i].since;
        }
    }
    return std::nullopt;
}

}  // namespace

void note_reading(Evidence& evidence, Result<Reading> reading) {
    evidence.database_up = reading.has_value();
    if (reading) {
        evidence.database_error.clear();
        evidence.records = std::make_shared<const CloudRecords>(std::move(reading->records));
        evidence.collectors = std::move(reading->collectors);
        return;
    }
    evidence.database_error = reading.error().message;
    if (evidence.collectors.empty()) {
        // Before the first success only those are known without which there is no reading.
        for (const char* collector : {"vms", "hosts"}) {
            evidence.collectors.push_back(CollectorReport{collector, false, {}, {}, std::nullopt});
        }
    }
    for (auto& report : evidence.collectors) {
        report.success = false;
        report.error = evidence.database_error;
    }
}

void note_health(Evidence& evidence, HealthNote note) {
    note.change(evidence.health);
    auto& reports = evidence.health_collectors;
    const auto known = std::find_if(reports.begin(), reports.end(), [&note](const CollectorReport& report) {
        return report.collector == note.report.collector;
    });
    if (known == reports.end()) {
        reports.push_back(std::move(note.report));
    } else {
        *known = std::move(note.report);
    }
}

Snapshot Composer::compose(Evidence evidence, Time now) {
    auto snapshot =
        judged(std::move(evidence), limits_, now,
               [this, now](const VmRecord& vm, DriftKind kind) { return history_.note(vm.id, kind, now); });
    history_.forget_unnoted();
    return snapshot;
}

Snapshot compose_afresh(Evidence evidence, const Snapshot& shared, const JudgementLimits& limits, Time now) {
    const bool unbroken = shared.composed_at <= now && now - shared.composed_at <= limits.freshness;
    const auto since_when = [&shared, unbroken, now](const VmRecord& vm, DriftKind kind) {
        return unbroken ? since_in(shared, vm, kind).value_or(now) : now;
    };
    return judged(std::move(evidence), limits, now, since_when);
}

}  // namespace inventory::observer
