#include "inventory/model/drift.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace inventory {
namespace {

/// The facts of one VM with what every rule asks of them.
struct Case {
    const VmFacts& facts;
    const VmRecord& vm;
    std::vector<HostId> alive_on;
    DriftLimits limits;
    Time now;
};

struct Finding {
    DriftKind kind = DriftKind::unknown;
    std::string reason;
};

/// nullopt: the rule does not apply, ask the next. `unknown`: whether it applies cannot be known, and that
/// settles it, because every later rule would be guessing.
using Rule = std::optional<Finding> (*)(const Case&);

bool contains(const std::vector<HostId>& hosts, std::optional<HostId> host) {
    return host && std::find(hosts.begin(), hosts.end(), *host) != hosts.end();
}

std::string host_words(const Case& c, HostId id) {
    const auto* host = c.facts.records == nullptr ? nullptr : c.facts.records->host(id);
    const auto number = "host " + std::to_string(id.value);
    return host == nullptr ? number : host->name + " (" + number + ")";
}

/// A verdict is kept for every VM: where hundreds of hosts could hold it, a few names do.
constexpr std::size_t most_named = 5;

std::string host_words(const Case& c, const std::vector<HostId>& ids) {
    std::string words;
    for (std::size_t i = 0; i < std::min(ids.size(), most_named); ++i) {
        words += (words.empty() ? "" : ", ") + host_words(c, ids[i]);
    }
    if (ids.size() > most_named) {
        words += " and " + std::to_string(ids.size() - most_named) + " more";
    }
    return words;
}

/// Hosts to be asked again for one VM; the verdict after that awaits those that are left.
constexpr std::size_t most_awaited = 32;

std::vector<HostId> first_of(const std::vector<HostId>& hosts) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(hosts.size(), most_awaited));
    return {hosts.begin(), hosts.begin() + count};
}

/// "CloudStack records it Running on kvm1 (host 1)"
std::string recorded(const Case& c) {
    return "CloudStack records it " + std::string{to_word(c.vm.state)} +
           (c.vm.host ? " on " + host_words(c, *c.vm.host) : "");
}

Finding unknown(const Case& c, const std::string& why) {
    return {DriftKind::unknown, recorded(c) + ", but " + why};
}

/// Why it cannot be said that no domain exists; nullopt when every host that could hold one has answered.
std::optional<std::string> missing_witness(const Case& c) {
    if (!c.facts.silent_candidates.empty()) {
        return "it may be alive on " + host_words(c, c.facts.silent_candidates) +
               ", which could hold it and gave no answer in time";
    }
    if (c.alive_on.empty() && !c.facts.outdated_witnesses.empty()) {
        return "it may have moved to " + host_words(c, c.facts.outdated_witnesses) +
               ", which has not been asked since it was found to be alive nowhere";
    }
    if (!c.facts.has_candidates) {
        return "no host is known that could hold it, so nobody was asked";
    }
    return std::nullopt;
}

/// States in which nothing of the VM may run.
bool claims_off(VmState state) {
    return state == VmState::stopped || state == VmState::destroyed || state == VmState::expunging ||
           state == VmState::error;
}

/// A migration shows two domains at once and needs a VM that runs; any job may be one.
std::optional<bool> migration_under_way(const Case& c) {
    if (c.vm.state == VmState::migrating) {
        return true;
    }
    return claims_off(c.vm.state) ? false : c.facts.job_in_progress;
}

/// A state word of a newer CloudStack could mean anything, a kind of migration too.
std::optional<Finding> unrecognized_state(const Case& c) {
    if (c.vm.state != VmState::unrecognized) {
        return std::nullopt;
    }
    return Finding{DriftKind::unknown,
                   "CloudStack records a state that this version of Warden does not know"};
}

/// Design, section 4; #2890. Two QEMU processes on one disk.
std::optional<Finding> duplicate_running(const Case& c) {
    if (c.alive_on.size() < 2) {
        return std::nullopt;
    }
    const auto migrating = migration_under_way(c);
    if (!migrating) {
        return unknown(c, "it is alive on " + host_words(c, c.alive_on) +
                              ", and whether a migration is under way could not be read");
    }
    if (*migrating) {
        return std::nullopt;
    }
    return Finding{DriftKind::duplicate_running,
                   recorded(c) + ", but it is alive on " + host_words(c, c.alive_on) + " at once"};
}

/// Design, section 4; #13027, #14026, #14206.
std::optional<Finding> running_recorded_stopped(const Case& c) {
    if (!claims_off(c.vm.state)) {
        return std::nullopt;
    }
    if (!c.alive_on.empty()) {
        return Finding{DriftKind::running_recorded_stopped,
                       recorded(c) + ", but it is alive on " + host_words(c, c.alive_on)};
    }
    if (const auto missing = missing_witness(c)) {
        return unknown(c, *missing);
    }
    return std::nullopt;
}

/// Design, section 4; #10406, #12411, #12920, #12922. The only kind that a remedy acts on: reference 7.6 (a).
std::optional<Finding> stopped_out_of_band(const Case& c) {
    if (c.vm.state != VmState::running || !c.alive_on.empty()) {
        return std::nullopt;
    }
    // Without a host CloudStack does not say where it runs: hosts of older clusters alone prove nothing.
    if (!c.vm.host) {
        return unknown(c, "names no host, and no domain of it was seen");
    }
    if (const auto missing = missing_witness(c)) {
        return unknown(c, *missing);
    }
    if (c.facts.host == nullptr) {
        return unknown(c, "that host has no live record");
    }
    const auto& off = c.facts.off_candidates;
    const auto asked =
        off.empty() ? std::string{"answered"} : "answered or is off (" + host_words(c, off) + ")";
    return Finding{DriftKind::stopped_out_of_band, recorded(c) + ", but every host that could hold it " +
                                                       asked + ", and none has a live domain of it"};
}

/// Reference 2.2: CloudStack will mark it Stopped, or start it again, while it lives; 1.6, #12526, #14206.
std::optional<Finding> report_contradicted(const Case& c) {
    const bool reported_gone =
        c.vm.power_state == PowerState::off || c.vm.power_state == PowerState::report_missing;
    if (c.vm.state != VmState::running || !reported_gone || !contains(c.alive_on, c.vm.host)) {
        return std::nullopt;
    }
    return Finding{DriftKind::report_contradicted,
                   recorded(c) + ", where it is alive, but its power report says " +
                       std::string{to_word(c.vm.power_state)} + ": CloudStack may stop or restart it"};
}

/// A host that fell silent showing it alive may run it still, beside the one that shows it now: what looks
/// healthy, or about to heal, may be two QEMU processes on one disk.
std::optional<Finding> perhaps_running_twice(const Case& c) {
    if (c.alive_on.empty() || c.facts.last_seen_alive.empty() || migration_under_way(c) == true) {
        return std::nullopt;
    }
    return unknown(c, "it may be running twice: it is alive on " + host_words(c, c.alive_on) + ", and " +
                          host_words(c, c.facts.last_seen_alive) + " showed it alive before falling silent");
}

/// Reference 2.3: the next power report rewrites host_id. A job may be moving it by right.
std::optional<Finding> wrong_host(const Case& c) {
    if (c.vm.state != VmState::running || c.alive_on.empty() || contains(c.alive_on, c.vm.host)) {
        return std::nullopt;
    }
    const auto alive = "it is alive on " + host_words(c, c.alive_on);
    if (contains(c.facts.silent_candidates, c.vm.host)) {
        return unknown(c, alive + ", and the recorded host gave no answer in time");
    }
    if (!c.facts.job_in_progress) {
        return unknown(c, alive + ", and whether a job is moving it could not be read");
    }
    if (*c.facts.job_in_progress) {
        return std::nullopt;
    }
    return Finding{DriftKind::wrong_host, recorded(c) + ", but " + alive};
}

/// Reference 2.4, 6.7: a job has to end every transition; without one nothing will.
std::optional<Finding> stuck_transition(const Case& c) {
    const auto lasted = c.now - c.vm.update_time.value_or(c.vm.created);
    if (!is_transition(c.vm.state) || lasted <= c.limits.transition) {
        return std::nullopt;
    }
    if (!c.facts.job_in_progress) {
        return unknown(c, "whether a job is in progress could not be read");
    }
    if (*c.facts.job_in_progress) {
        return std::nullopt;
    }
    return Finding{DriftKind::stuck_transition, recorded(c) + " for " + to_words(lasted) +
                                                    ", and no job is in progress that could end it"};
}

/// CloudStack's own "Unknown" claims nothing that could agree or disagree.
std::optional<Finding> unknown_state(const Case& c) {
    if (c.vm.state != VmState::unknown) {
        return std::nullopt;
    }
    return Finding{DriftKind::unknown, "CloudStack itself records its state as Unknown"};
}

/// THE list: the first that applies.
constexpr std::array<Rule, 9> rules{
    unrecognized_state,  duplicate_running,   running_recorded_stopped,
    stopped_out_of_band, report_contradicted, perhaps_running_twice,
    wrong_host,          stuck_transition,    unknown_state,
};

Finding find(const Case& c) {
    for (const auto rule : rules) {
        if (auto finding = rule(c)) {
            return std::move(*finding);
        }
    }
    return {DriftKind::none, recorded(c) + (c.alive_on.empty() ? "; no live domain seen"
                                                               : "; alive on " + host_words(c, c.alive_on))};
}

/// Records and hosts are read at different moments. What they disagree on counts when both were read again
/// since either changed.
Finding settled(const Case& c, Finding finding) {
    if (finding.kind == DriftKind::none || finding.kind == DriftKind::unknown) {
        return finding;
    }
    const auto new_to = !c.facts.outdated_witnesses.empty() ? host_words(c, c.facts.outdated_witnesses)
                        : c.facts.record_outdated           ? std::string{"CloudStack's record"}
                                                            : std::string{};
    if (new_to.empty()) {
        return finding;
    }
    return {DriftKind::unknown,
            finding.reason + "; that is new, and counts once " + new_to + " has been asked again"};
}

HypervisorState shown_by(DomainState state) {
    switch (state) {
        case DomainState::running:
            return HypervisorState::running;
        case DomainState::paused:
            return HypervisorState::paused;
        case DomainState::shutoff:
            return HypervisorState::shutoff;
        case DomainState::crashed:
            return HypervisorState::crashed;
        case DomainState::pmsuspended:
            return HypervisorState::pmsuspended;
        case DomainState::no_state:
            return HypervisorState::unknown;
    }
    return HypervisorState::unknown;
}

/// The liveliest domain seen; that there is none takes every witness.
HypervisorState shown(const Case& c) {
    const auto& sightings = c.facts.sightings;
    const auto liveliest = std::min_element(
        sightings.begin(), sightings.end(),
        [](const Sighting& left, const Sighting& right) { return is_livelier(left.state, right.state); });
    if (liveliest != sightings.end() && may_be_alive(liveliest->state)) {
        return shown_by(liveliest->state);
    }
    if (missing_witness(c)) {
        return HypervisorState::unknown;
    }
    return liveliest == sightings.end() ? HypervisorState::absent : HypervisorState::shutoff;
}

std::vector<HostId> hosts_alive(const std::vector<Sighting>& sightings) {
    std::vector<HostId> hosts;
    for (const auto& sighting : sightings) {
        if (may_be_alive(sighting.state) && !contains(hosts, sighting.host)) {
            hosts.push_back(sighting.host);
        }
    }
    return hosts;
}

}  // namespace

Verdict judge(const VmFacts& facts, const DriftLimits& limits, Time now) {
    const Case c{facts, *facts.record, hosts_alive(facts.sightings), limits, now};
    auto first = find(c);
    const bool disagrees = first.kind != DriftKind::none;
    auto finding = settled(c, std::move(first));
    Verdict verdict;
    if (disagrees) {
        verdict.awaited = first_of(facts.outdated_witnesses);
        verdict.awaits_record = facts.record_outdated;
    }
    verdict.kind = finding.kind;
    verdict.shown = shown(c);
    verdict.report = report_status(
        c.vm, {facts.host, facts.reporter, facts.manager_alive, facts.job_in_progress, facts.ping_interval},
        now);
    verdict.alive_on = c.alive_on;
    verdict.reason = std::move(finding.reason);
    return verdict;
}

}  // namespace inventory
