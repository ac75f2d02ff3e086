#include "controller/loop/gather.hpp"

#include <algorithm>
#include <utility>

#include "inventory/model/candidates.hpp"
#include "inventory/model/fleet_view.hpp"

namespace controller::loop {
namespace {

using inventory::CloudRecords;
using inventory::HostId;
using inventory::Snapshot;
using inventory::VmRecord;

/// The row that carries the uuid, and every other live row that would be taken for the same VM.
std::vector<VmRecord> rows_of(const std::string& vm_uuid, const CloudRecords& records) {
    std::vector<VmRecord> rows;
    const auto own = std::ranges::find(records.vms, vm_uuid, &VmRecord::uuid);
    if (own == records.vms.end()) {
        return rows;
    }
    std::ranges::copy_if(records.vms, std::back_inserter(rows), [&](const VmRecord& row) {
        return row.uuid == vm_uuid || row.instance_name == own->instance_name;
    });
    return rows;
}

template <class Work>
std::optional<std::vector<Work>> work_of(inventory::VmId vm, const std::optional<std::vector<Work>>& all) {
    if (!all) {
        return std::nullopt;
    }
    std::vector<Work> own;
    std::ranges::copy_if(*all, std::back_inserter(own), [vm](const Work& work) { return work.vm == vm; });
    return own;
}

CandidateHost candidate(HostId id, const Snapshot& snapshot,
                        const std::vector<inventory::Sighting>& sightings, const Reading& reading) {
    CandidateHost host;
    host.id = id;
    host.name = "host " + std::to_string(id.value);
    host.status = "unknown";
    host.error = "it was never asked";
    if (const auto* record = snapshot.records->find_host(id)) {
        host.name = record->name;
        host.status = record->status;
        host.ha_state = record->ha_state;
        host.oobm_power_state = record->oobm_power_state;
    } else {
        host.error = "it has no live row in CloudStack's host table";
    }
    if (const auto found = snapshot.witnesses.find(id); found != snapshot.witnesses.end()) {
        const auto& witness = *found->second;
        host.answered = witness.is_evidence(reading.now, reading.limits.freshness);
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
std::vector<CandidateHost> candidates_of(const VmRecord& vm, const Snapshot& snapshot,
                                         const inventory::DomainIndex& index,
                                         const inventory::FleetView& fleet, const Reading& reading) {
    auto ids = inventory::candidate_hosts(vm, fleet.records(), reading.limits.scope);
    const auto sightings = index.sightings(vm);
    std::ranges::transform(sightings, std::back_inserter(ids), &inventory::Sighting::host);
    std::ranges::copy(index.last_seen_alive_on_silent(vm), std::back_inserter(ids));
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<CandidateHost> hosts;
    std::ranges::transform(ids, std::back_inserter(hosts),
                           [&](HostId id) { return candidate(id, snapshot, sightings, reading); });
    return hosts;
}

/// How the snapshot judged the VM; null when it did not.
const inventory::JudgedVm* judged_in(const Snapshot& snapshot, const VmRecord& vm) {
    const auto& vms = snapshot.records->vms;
    const auto found = std::ranges::find(vms, vm.id, &VmRecord::id);
    const auto position = static_cast<std::size_t>(std::distance(vms.begin(), found));
    if (found == vms.end() || position >= snapshot.judged.size()) {
        return nullptr;
    }
    return &snapshot.judged[position];
}

void add_host(World& world, const VmRecord& vm, const CloudRecords& records) {
    const auto named = vm.host ? vm.host : vm.last_host;  // CloudStack forgets the host of what it stops
    const auto* host = named ? records.find_host(*named) : nullptr;
    if (host == nullptr) {
        return;
    }
    world.host = *host;
    if (!host->management_server || !records.management_servers) {
        return;
    }
    const auto manager = std::ranges::find(*records.management_servers, *host->management_server,
                                           &inventory::ManagementServer::msid);
    if (manager != records.management_servers->end()) {
        world.manager = *manager;
    }
}

void add_vm(World& world, const Snapshot& snapshot, const Reading& reading) {
    const auto* vm = world.vm();
    if (vm == nullptr) {
        return;
    }
    const auto& records = *snapshot.records;
    const inventory::DomainIndex index(snapshot.witnesses, reading.now, reading.limits.freshness);
    const inventory::FleetView fleet(records, index, reading.limits, reading.now);
    if (const auto* judged = judged_in(snapshot, *vm)) {
        world.verdict = fleet.judge_vm(*vm, judged->pictured_since);
        // The shared history tells since when, as long as the verdict is still of that kind.
        world.drift_since =
            judged->verdict.kind == world.verdict->kind ? std::optional{judged->since} : std::nullopt;
    }
    world.candidates = candidates_of(*vm, snapshot, index, fleet, reading);
    world.jobs = work_of(vm->id, records.vm_jobs);
    world.ha_work = work_of(vm->id, records.ha_work);
    add_host(world, *vm, records);
}

}  // namespace

World gather(const std::string& vm_uuid, const Snapshot& snapshot, JournalFacts journal,
             const Reading& reading) {
    World world;
    world.now = reading.now;
    world.fresh = reading.fresh;
    world.database_up = snapshot.database_up;
    world.judged_update_count = reading.judged_update_count;
    world.attempts = std::move(journal.attempts);
    world.others_under_way = std::move(journal.others_under_way);
    if (snapshot.records) {
        world.records_read_at = snapshot.records->read_at;
        world.ping_interval = snapshot.records->ping_interval;
        world.rows = rows_of(vm_uuid, *snapshot.records);
        add_vm(world, snapshot, reading);
    }
    return world;
}

}  // namespace controller::loop
