#include "inventory/model/candidates.hpp"

#include <algorithm>

namespace inventory {
namespace {

template <class T>
void add_once(std::vector<T>& list, const T& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) {
        list.push_back(value);
    }
}

/// Both are sorted, and stay so.
void merge(std::vector<HostId>& hosts, const std::vector<HostId>& others) {
    const auto added = hosts.insert(hosts.end(), others.begin(), others.end());
    std::inplace_merge(hosts.begin(), added, hosts.end());
}

template <class Groups, class Key>
void merge_group(std::vector<HostId>& hosts, const Groups& groups, const Key& key) {
    const auto found = groups.find(key);
    if (found != groups.end()) {
        merge(hosts, found->second);
    }
}

}  // namespace

Reach reach_of(const VmRecord& vm, const RecordIndex& records, CandidateScope scope) {
    Reach reach;
    for (const auto& named : {vm.host, vm.last_host, vm.power_host}) {
        if (!named) {
            continue;
        }
        add_once(reach.named, *named);
        const auto* host = records.host(*named);
        if (scope == CandidateScope::cluster && host != nullptr && host->cluster) {
            add_once(reach.clusters, *host->cluster);
        }
    }
    if (reach.clusters.empty()) {
        reach.zone = vm.zone;
    }
    return reach;
}

std::vector<HostId> hosts_within(const Reach& reach, const HostGroups& groups) {
    // A group is not sorted anew: that would be a thousand hosts for each of 100,000 VMs.
    auto hosts = reach.named;
    std::sort(hosts.begin(), hosts.end());
    for (const auto& cluster : reach.clusters) {
        merge_group(hosts, groups.by_cluster, cluster);
    }
    if (reach.zone) {
        merge_group(hosts, groups.by_zone, *reach.zone);
    }
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return hosts;
}

std::vector<HostId> candidate_hosts(const VmRecord& vm, const RecordIndex& records, CandidateScope scope) {
    return hosts_within(reach_of(vm, records, scope), records.groups());
}

}  // namespace inventory
