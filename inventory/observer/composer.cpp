#include "inventory/observer/composer.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace inventory::observer {
namespace {

/// What was seen of the fleet before.
struct Memory {
    std::function<Time(const VmRecord&, const VmPicture&)> pictured_since;
    std::function<Time(const VmRecord&, DriftKind)> drifting_since;
};

Snapshot judged(Evidence evidence, const JudgementLimits& limits, Time now, const Memory& memory) {
    Snapshot snapshot;
    snapshot.composed_at = now;
    snapshot.limits = limits;
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
        auto facts = fleet.facts_of(vm);
        auto picture = picture_of(facts);
        const auto pictured = memory.pictured_since(vm, picture);
        auto verdict = fleet.judge_vm(std::move(facts), pictured);
        const auto since = memory.drifting_since(vm, verdict.kind);
        snapshot.judged.push_back(JudgedVm{std::move(verdict), since, std::move(picture), pictured});
    }
    return snapshot;
}

/// How `snapshot` judged the VM; null when it did not.
const JudgedVm* judged_in(const Snapshot& snapshot, const VmRecord& vm) {
    for (std::size_t i = 0; i < snapshot.judged.size(); ++i) {
        if (snapshot.records->vms[i].id == vm.id) {
            return &snapshot.judged[i];
        }
    }
    return nullptr;
}

/// Since when `snapshot` has seen this kind of drift of the VM; `now` when it has not.
Time drifting_since(const Snapshot& snapshot, const VmRecord& vm, DriftKind kind, Time now) {
    const auto* judged = judged_in(snapshot, vm);
    return judged != nullptr && judged->verdict.kind == kind ? judged->since : now;
}

Time pictured_since(const Snapshot& snapshot, const VmRecord& vm, const VmPicture& picture, Time now) {
    const auto* judged = judged_in(snapshot, vm);
    return judged == nullptr ? now : pictured_since(judged->picture, judged->pictured_since, picture, now);
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
    const Memory memory{
        [this, now](const VmRecord& vm, const VmPicture& picture) {
            return pictures_.note(vm.id, picture, now);
        },
        [this, now](const VmRecord& vm, DriftKind kind) { return drifts_.note(vm.id, kind, now); }};
    auto snapshot = judged(std::move(evidence), limits_, now, memory);
    pictures_.forget_unnoted();
    drifts_.forget_unnoted();
    return snapshot;
}

void Composer::continue_from(const Snapshot& former, Time now) {
    if (!former.records || former.composed_at > now || now - former.composed_at > limits_.freshness) {
        return;
    }
    for (std::size_t i = 0; i < former.judged.size(); ++i) {
        const auto& judged = former.judged[i];
        drifts_.inherit(former.records->vms[i].id, judged.verdict.kind, judged.since);
    }
}

Snapshot compose_afresh(Evidence evidence, const Snapshot& shared, const Snapshot& before,
                        const JudgementLimits& limits, Time now) {
    const bool unbroken = shared.composed_at <= now && now - shared.composed_at <= limits.freshness;
    const Memory memory{[&before, now](const VmRecord& vm, const VmPicture& picture) {
                            return pictured_since(before, vm, picture, now);
                        },
                        [&shared, unbroken, now](const VmRecord& vm, DriftKind kind) {
                            return unbroken ? drifting_since(shared, vm, kind, now) : now;
                        }};
    return judged(std::move(evidence), limits, now, memory);
}

}  // namespace inventory::observer
