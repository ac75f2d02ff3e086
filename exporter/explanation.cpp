#include "exporter/explanation.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace exporter {
namespace {

using inventory::DriftKind;
using inventory::HostId;

/// Design, section 4.
std::string_view meaning_of(DriftKind kind) {
    switch (kind) {
        case DriftKind::none:
            return "record and hypervisors agree";
        case DriftKind::duplicate_running:
            return "a live domain on two hosts or more, and no migration is under way; never repaired "
                   "automatically";
        case DriftKind::running_recorded_stopped:
            return "recorded as not running, but a live domain exists; never repaired automatically";
        case DriftKind::stopped_out_of_band:
            return "recorded Running, no live domain anywhere, and every host that could hold it answered";
        case DriftKind::report_contradicted:
            return "reported off or missing, but alive where it should be; CloudStack may stop or restart it";
        case DriftKind::wrong_host:
            return "alive on another host than recorded, and no migration is under way";
        case DriftKind::stuck_transition:
            return "between two states for longer than that may take, and no job is in progress";
        case DriftKind::unknown:
            return "not enough witnesses to say anything; every remedy holds";
    }
    return "";
}

/// The snapshot arranged for look-up, for one request.
struct Scene {
    explicit Scene(const inventory::Snapshot& of)
        : snapshot(of),
          domains(of.witnesses, of.composed_at, of.limits.freshness),
          fleet(*of.records, domains, of.limits, of.composed_at) {}

    [[nodiscard]] std::string host_name(HostId id) const {
        const auto* host = fleet.records().host(id);
        return host == nullptr ? "host " + std::to_string(id.value) + " (no live row)" : host->name;
    }
    [[nodiscard]] std::string host_name(std::optional<HostId> id) const {
        return id ? host_name(*id) : "none";
    }

    const inventory::Snapshot& snapshot;
    inventory::DomainIndex domains;
    inventory::FleetView fleet;
};

std::string words_of(std::optional<bool> answer) {
    if (!answer) {
        return "unknown: it could not be read";
    }
    return *answer ? "yes" : "no";
}

void add_recorded(std::vector<Fact>& facts, const Scene& scene, const inventory::VmRecord& vm) {
    const auto read_at = scene.snapshot.records->read_at;
    const auto add = [&](std::string what, std::string value) {
        facts.push_back({std::move(what), std::move(value), "vm_instance", read_at});
    };
    add("recorded state", std::string{to_word(vm.state)});
    add("state changed", vm.update_time ? inventory::to_rfc3339(*vm.update_time) : "never");
    add("recorded host", scene.host_name(vm.host));
    add("last host", scene.host_name(vm.last_host));
    add("type", vm.type);
    add("HA", vm.ha_enabled ? "on" : "off");
}

void add_reported(std::vector<Fact>& facts, const Scene& scene, const inventory::VmRecord& vm) {
    const auto read_at = scene.snapshot.records->read_at;
    const auto add = [&](std::string what, std::string value) {
        facts.push_back({std::move(what), std::move(value), "agent's power report", read_at});
    };
    add("reported power state", std::string{to_word(vm.power_state)});
    add("reported by", scene.host_name(vm.power_host));
    add("reported at", vm.report_time ? inventory::to_rfc3339(*vm.report_time) : "never");
    add("equal reports in a row", vm.report_count ? std::to_string(*vm.report_count) : "unknown");
}

void add_work(std::vector<Fact>& facts, const Scene& scene, const inventory::VmFacts& known) {
    const auto read_at = scene.snapshot.records->read_at;
    facts.push_back({"job in progress", words_of(known.job_in_progress), "vm_work_job, async_job", read_at});
    facts.push_back(
        {"management server of its host is alive", words_of(known.manager_alive), "mshost", read_at});
    const auto ping = known.ping_interval;
    facts.push_back({"ping.interval", ping ? inventory::to_words(*ping) : "unknown: it could not be read",
                     "configuration", read_at});
}

std::string silence_of(const inventory::HostWitness* witness) {
    if (witness == nullptr || (!witness->up && witness->error.empty())) {
        return "silent: not asked yet";
    }
    return witness->up ? "silent: its answer is too old" : "silent: " + witness->error;
}

CandidateAnswer answer_of(const Scene& scene, HostId host,
                          const std::vector<inventory::Sighting>& sightings) {
    const auto found = scene.snapshot.witnesses.find(host);
    const auto* witness = found == scene.snapshot.witnesses.end() ? nullptr : found->second.get();
    CandidateAnswer answer;
    answer.host = scene.host_name(host);
    answer.has_answered = scene.domains.has_answered(host);
    answer.asked_at = witness == nullptr ? std::nullopt : witness->asked_at;
    const auto seen = std::find_if(sightings.begin(), sightings.end(),
                                   [host](const auto& sighting) { return sighting.host == host; });
    answer.shows_domain = seen != sightings.end();
    if (answer.shows_domain) {
        answer.shows = to_word(seen->state);
    } else {
        answer.shows = answer.has_answered ? "no domain of it" : silence_of(witness);
    }
    return answer;
}

std::vector<CandidateAnswer> candidates_of(const Scene& scene, const inventory::VmRecord& vm,
                                           const inventory::VmFacts& known) {
    auto hosts = candidate_hosts(vm, scene.fleet.records(), scene.snapshot.limits.scope);
    for (const auto& sighting : known.sightings) {
        hosts.push_back(sighting.host);
    }
    hosts.insert(hosts.end(), known.last_seen_alive.begin(), known.last_seen_alive.end());
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    std::vector<CandidateAnswer> answers;
    answers.reserve(hosts.size());
    for (const auto host : hosts) {
        answers.push_back(answer_of(scene, host, known.sightings));
    }
    const auto rank = [](const CandidateAnswer& answer) {
        return answer.shows_domain ? 0 : answer.has_answered ? 2 : 1;
    };
    std::stable_sort(answers.begin(), answers.end(),
                     [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
    return answers;
}

Explanation explain_row(const Scene& scene, std::size_t row) {
    const auto& vm = scene.snapshot.records->vms[row];
    const auto& judged = scene.snapshot.judged[row];
    const auto known = scene.fleet.facts_of(vm);
    Explanation explanation;
    explanation.vm = vm.instance_name;
    explanation.vm_id = vm.uuid;
    explanation.kind = to_word(judged.verdict.kind);
    explanation.meaning = meaning_of(judged.verdict.kind);
    explanation.reason = judged.verdict.reason;
    explanation.report = judged.verdict.report ? to_word(*judged.verdict.report) : std::string_view{};
    explanation.shown = to_word(judged.verdict.shown);
    explanation.since = judged.since;
    explanation.judged_at = scene.snapshot.composed_at;
    add_recorded(explanation.facts, scene, vm);
    add_reported(explanation.facts, scene, vm);
    add_work(explanation.facts, scene, known);
    explanation.candidates = candidates_of(scene, vm, known);
    return explanation;
}

/// Rows of this uuid or instance name: more than one where CloudStack's records are at fault.
std::vector<std::size_t> rows_named(const inventory::Snapshot& snapshot, std::string_view vm) {
    std::vector<std::size_t> found;
    if (!snapshot.records || vm.empty()) {
        return found;
    }
    const auto& rows = snapshot.records->vms;
    for (std::size_t row = 0; row < std::min(rows.size(), snapshot.judged.size()); ++row) {
        if (rows[row].uuid == vm || rows[row].instance_name == vm) {
            found.push_back(row);
        }
    }
    return found;
}

}  // namespace

std::vector<Explanation> explain(const inventory::Snapshot& snapshot, std::string_view vm) {
    const auto rows = rows_named(snapshot, vm);
    std::vector<Explanation> explanations;
    if (rows.empty()) {
        return explanations;  // a scene of a large fleet is dear
    }
    const Scene scene{snapshot};
    explanations.reserve(rows.size());
    std::transform(rows.begin(), rows.end(), std::back_inserter(explanations),
                   [&scene](std::size_t row) { return explain_row(scene, row); });
    return explanations;
}

}  // namespace exporter
