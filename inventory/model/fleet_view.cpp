#include "inventory/model/fleet_view.hpp"

#include <algorithm>
#include <utility>

#include "inventory/model/vm_picture.hpp"

namespace inventory {
namespace {

bool reaches_any_host(const Reach& reach, const HostGroups& groups) {
    return !reach.named.empty() || (reach.zone && groups.by_zone.contains(*reach.zone));
}

}  // namespace

FleetView::FleetView(const CloudRecords& records, const DomainIndex& domains, const JudgementLimits& limits,
                     Time now)
    : records_(records), domains_(&domains), limits_(limits), now_(now) {
    sort_out_silent_hosts();
}

void FleetView::sort_out_silent_hosts() {
    for (const auto& host : records_.records().hosts) {
        if (domains_->has_answered(host.id)) {
            continue;
        }
        if (doubt_that_off(host.id)) {
            silent_.add(host);
        } else {
            off_.insert(host.id);
        }
    }
}

std::optional<std::string> FleetView::doubt_that_off(HostId id) const {
    const auto* host = records_.host(id);
    if (host == nullptr) {
        return "it has no live row in CloudStack's host table";
    }
    const auto* reader = host->power ? records_.manager(host->power->reader) : nullptr;
    return inventory::doubt_that_off(
        PowerFacts{.host = host,
                   .last_answer = domains_->last_answer_of_silent(id),
                   .reader_alive = reader != nullptr && reader->is_alive(now_, limits_.heartbeat)},
        limits_.power_proof, now_);
}

VmFacts FleetView::facts_of(const VmRecord& vm) const {
    const auto reach = reach_of(vm, records_, limits_.scope);
    VmFacts facts;
    facts.record = &vm;
    facts.records = &records_;
    facts.host = records_.host(vm.host);
    facts.reporter = records_.host(vm.power_host);
    facts.has_candidates = reaches_any_host(reach, records_.groups());
    facts.sightings = domains_->sightings(vm);
    facts.last_seen_alive = last_seen_alive(vm);
    facts.off_candidates = candidates_off(reach);
    facts.silent_candidates = silent_candidates(reach, facts.last_seen_alive);
    facts.job_in_progress = records_.job_in_progress(vm.id);
    facts.manager_alive = manager_alive(facts.host != nullptr ? facts.host : facts.reporter);
    facts.ping_interval = records_.records().ping_interval;
    return facts;
}

Verdict FleetView::judge_vm(const VmRecord& vm, Time pictured_since) const {
    return judge_vm(facts_of(vm), pictured_since);
}

Verdict FleetView::judge_vm(VmFacts facts, Time pictured_since) const {
    const auto& records = records_.records();
    if (!records.is_evidence(now_, limits_.freshness)) {
        Verdict verdict;
        verdict.reason = "CloudStack's records were read " + to_words(now_ - records.read_at) +
                         " ago, beyond the freshness limit of " + to_words(limits_.freshness);
        return verdict;
    }
    facts.outdated_witnesses = outdated_witnesses(facts, pictured_since);
    facts.record_outdated = records.read_at < pictured_since;
    return judge(facts, limits_.drift, now_);
}

/// Nothing lives on a host that is off.
std::vector<HostId> FleetView::last_seen_alive(const VmRecord& vm) const {
    auto hosts = domains_->last_seen_alive_on_silent(vm);
    std::erase_if(hosts, [this](HostId host) { return off_.contains(host); });
    return hosts;
}

std::vector<HostId> FleetView::candidates_off(const Reach& reach) const {
    if (off_.empty()) {
        return {};  // nearly always: the reach of a VM may be a thousand hosts
    }
    auto hosts = hosts_within(reach, records_.groups());
    std::erase_if(hosts, [this](HostId host) { return !off_.contains(host); });
    return hosts;
}

std::vector<HostId> FleetView::silent_candidates(Reach reach,
                                                 const std::vector<HostId>& last_seen_alive) const {
    reach.named.insert(reach.named.end(), last_seen_alive.begin(), last_seen_alive.end());
    std::erase_if(reach.named,
                  [this](HostId host) { return domains_->has_answered(host) || off_.contains(host); });
    return hosts_within(reach, silent_);
}

std::vector<HostId> FleetView::outdated_witnesses(const VmFacts& facts, Time pictured_since) const {
    // Nearly always every host was asked since: only then is it cheap for 100,000 VMs.
    if (!domains_->was_any_asked_before(pictured_since)) {
        return {};
    }
    auto hosts = picture_of(facts).may_live_on;
    if (hosts.empty()) {
        hosts = candidate_hosts(*facts.record, records_, limits_.scope);
    }
    std::erase_if(hosts, [&](HostId host) { return !domains_->was_asked_before(host, pictured_since); });
    return hosts;
}

std::optional<bool> FleetView::manager_alive(const HostRecord* host) const {
    if (host == nullptr || !records_.records().management_servers) {
        return std::nullopt;
    }
    const auto* manager = records_.manager_of(*host);
    return manager != nullptr && manager->is_alive(now_, limits_.heartbeat);
}

}  // namespace inventory
