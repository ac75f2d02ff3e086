#include "inventory/model/record_index.hpp"

#include <algorithm>

namespace inventory {
namespace {

template <class Map, class Key>
auto pointer_in(const Map& map, const Key& key) -> typename Map::mapped_type {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

void insert_in_order(std::vector<HostId>& hosts, HostId host) {
    hosts.insert(std::upper_bound(hosts.begin(), hosts.end(), host), host);
}

}  // namespace

void HostGroups::add(const HostRecord& host) {
    insert_in_order(by_zone[host.zone], host.id);
    if (host.cluster) {
        insert_in_order(by_cluster[*host.cluster], host.id);
    }
}

RecordIndex::RecordIndex(const CloudRecords& records) : records_(&records) {
    for (const auto& host : records.hosts) {
        hosts_.emplace(host.id, &host);
        groups_.add(host);
    }
    if (records.management_servers) {
        for (const auto& manager : *records.management_servers) {
            managers_.emplace(manager.msid, &manager);
        }
    }
    if (records.vm_jobs) {
        for (const auto& job : *records.vm_jobs) {
            busy_vms_.insert(job.vm);
        }
    }
}

const HostRecord* RecordIndex::host(HostId id) const {
    return pointer_in(hosts_, id);
}

const HostRecord* RecordIndex::host(std::optional<HostId> id) const {
    return id ? host(*id) : nullptr;
}

const ManagementServer* RecordIndex::manager(std::optional<std::uint64_t> msid) const {
    return msid ? pointer_in(managers_, *msid) : nullptr;
}

const ManagementServer* RecordIndex::manager_of(const HostRecord& host) const {
    return manager(host.management_server);
}

std::optional<bool> RecordIndex::job_in_progress(VmId vm) const {
    if (!records_->vm_jobs) {
        return std::nullopt;
    }
    return busy_vms_.contains(vm);
}

}  // namespace inventory
