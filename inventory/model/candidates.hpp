#pragma once

#include <optional>
#include <vector>

#include "inventory/model/record_index.hpp"

namespace inventory {

/// Where a VM can be beyond the hosts that its row names: storage decides, so the operator says.
enum class CandidateScope { cluster, zone };

/// Where a VM could be, not yet spelled out host by host: in a zone of a thousand hosts that would be a
/// thousand ids for every VM.
struct Reach {
    std::vector<HostId> named;        ///< host_id, last_host_id, power_host; each once
    std::vector<ClusterId> clusters;  ///< of the named hosts; empty when the whole zone is in reach
    std::optional<ZoneId> zone;       ///< every host of it
};

Reach reach_of(const VmRecord& vm, const RecordIndex& records, CandidateScope scope);

/// The named hosts and those of the groups that are in reach: sorted by id, each once.
std::vector<HostId> hosts_within(const Reach& reach, const HostGroups& groups);

/// Every host that could hold the VM (reference 7.6): host_id, last_host_id and power_host, with every KVM
/// host of their clusters (or of the VM's zone), whatever its status: a host that is Down for CloudStack may
/// still run QEMU. When no named host tells a cluster, all hosts of the zone are candidates. Sorted by id,
/// each once. A named host that has no live row is in the list too: it cannot be asked, so it stays silent.
std::vector<HostId> candidate_hosts(const VmRecord& vm, const RecordIndex& records, CandidateScope scope);

}  // namespace inventory
