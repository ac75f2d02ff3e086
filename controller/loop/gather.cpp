#include "controller/loop/gather.hpp"

#include <algorithm>
#include <utility>

#include "controller/loop/scope_facts.hpp"
#include "inventory/model/candidates.hpp"
#include "inventory/model/fleet_view.hpp"

namespace controller::loop {
namespace {

using inventory::HostId;
using inventory::Time;
using inventory::VmRecord;

CandidateHost candidate(HostId id, const CloudIndex& cloud,
                        const std::vector<inventory::Sighting>& sightings) {
    CandidateHost host;
    host.id = id;
    host.name = "host " + std::to_string(id.value);
    host.status = "unknown";
    host.error = "it was never asked";
    if (const auto* record = cloud.records().host(id)) {
        host.name = record->name;
        host.status = record->status;
        host.ha_state = record->ha_state;
        host.power = record->power;
    } else {
        host.error = "it has no live row in CloudStack's host table";
    }
    const auto& witnesses = cloud.snapshot().witnesses;
    if (const auto found = witnesses.find(id); found != witnesses.end()) {
        const auto& witness = *found->second;
        host.answered = witness.is_evidence(cloud.now(), cloud.limits().freshness);
        host.answer_asked_at = witness.asked_at;
        host.error = witness.up && !host.answered ? "its newest answer is too old" : witness.error;
    }
    const auto seen = std::ranges::find(sightings, id, &inventory::Sighting::host);
    if (seen != sightings.end()) {
        host.domain = seen->state;
    }
    return host;
}

/// Every host that could hold the VM, and every other one that shows it or showed it before it fell silent: a
/// domain is a fact wherever it is.
std::vector<CandidateHost> candidates_of(const VmRecord& vm, const CloudIndex& cloud) {
    auto ids = inventory::candidate_hosts(vm, cloud.records(), cloud.limits().scope);
    const auto sightings = cloud.domains().sightings(vm);
    std::ranges::transform(sightings, std::back_inserter(ids), &inventory::Sighting::host);
    std::ranges::copy(cloud.domains().last_seen_alive_on_silent(vm), std::back_inserter(ids));
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<CandidateHost> hosts;
    for (const auto id : ids) {
        hosts.push_back(candidate(id, cloud, sightings));
        if (auto& host = hosts.back(); !host.answered) {
            auto doubt = cloud.fleet().doubt_that_off(id);
            host.proven_off = !doubt;
            host.power_doubt = std::move(doubt).value_or("");
        }
    }
    return hosts;
}

void add_host(World& world, const VmRecord& vm, const inventory::RecordIndex& records) {
    // CloudStack forgets the host of what it stops.
    const auto* host = records.host(vm.host ? vm.host : vm.last_host);
    if (host == nullptr) {
        return;
    }
    world.host = *host;
    if (const auto* manager = records.manager_of(*host)) {
        world.manager = *manager;
    }
}

template <class Id>
std::optional<std::string> name_in(const std::map<Id, std::string>& names, const std::optional<Id>& id) {
    const auto found = id ? names.find(*id) : names.end();
    return found == names.end() ? std::nullopt : std::optional{found->second};
}

/// By the names under which an operator pauses a place.
Whereabouts whereabouts_of(const VmRecord& vm, const inventory::RecordIndex& index) {
    const auto& records = index.records();
    Whereabouts place;
    place.zone = name_in(records.zones, std::optional{vm.zone});
    place.account = vm.account;
    place.domain_path = vm.domain_path;
    for (const auto& id : {vm.host, vm.last_host, vm.power_host}) {
        const auto* host = index.host(id);
        if (host == nullptr) {
            continue;
        }
        if (place.hosts.empty()) {
            place.cluster = name_in(records.clusters, host->cluster);
        }
        place.hosts.push_back(host->name);
    }
    return place;
}

void add_vm(World& world, const CloudIndex& cloud) {
    const auto* vm = world.vm();
    if (vm == nullptr) {
        return;
    }
    if (const auto* judged = cloud.judged(*vm)) {
        world.verdict = cloud.fleet().judge_vm(*vm, judged->pictured_since);
        // The shared history tells since when, as long as the verdict is still of that kind.
        world.drift_since =
            judged->verdict.kind == world.verdict->kind ? std::optional{judged->since} : std::nullopt;
    }
    world.candidates = candidates_of(*vm, cloud);
    world.jobs = cloud.jobs_on(vm->id);
    world.ha_work = cloud.ha_work_on(vm->id);
    world.scope = scope_facts(*vm, cloud.records());
    add_host(world, *vm, cloud.records());
    if (world.operators) {
        world.operators->whereabouts = whereabouts_of(*vm, cloud.records());
    }
}

/// Silences are read beside the step, so that a reading may be a moment younger than the step's `now`: it is
/// as of that moment. What is further ahead is a clock that jumped, and stays no evidence.
void settle_beside(std::optional<Time>& read_at, Time now) {
    constexpr std::chrono::seconds a_moment{1};
    if (read_at && *read_at > now && *read_at - now <= a_moment) {
        read_at = now;
    }
}

}  // namespace

World gather(const std::string& vm_uuid, const CloudIndex& cloud, JournalFacts journal,
             const Reading& reading) {
    World world;
    world.now = cloud.now();
    world.fresh = reading.fresh;
    world.database_up = cloud.snapshot().database_up;
    world.judged_update_count = reading.judged_update_count;
    world.attempts = std::move(journal.attempts);
    world.others_under_way = std::move(journal.others_under_way);
    world.operators = std::move(journal.operators);
    if (world.operators) {
        settle_beside(world.operators->silences.read_at, world.now);
    }
    if (cloud.has_records()) {
        const auto& records = cloud.records().records();
        world.records_read_at = records.read_at;
        world.ping_interval = records.ping_interval;
        world.managers = records.management_servers;
        world.rows = cloud.rows_of(vm_uuid);
        add_vm(world, cloud);
    }
    return world;
}

}  // namespace controller::loop
