#pragma once

#include <vector>

#include "inventory/model/cloud_records.hpp"

namespace inventory {

/// Where a VM can be beyond the hosts that its row names: storage decides, so the operator says.
enum class CandidateScope { cluster, zone };

/// Every host that could hold the VM (reference 7.6): host_id, last_host_id and power_host, with every KVM
/// host of their clusters (or of the VM's zone), whatever its status: a host that is Down for CloudStack may
/// still run QEMU. When no named host tells a cluster, all hosts of the zone are candidates. Sorted by id,
/// each once. A named host that has no live row is in the list too: it cannot be asked, so it stays silent.
std::vector<HostId> candidate_hosts(const VmRecord& vm, const CloudRecords& records, CandidateScope scope);

}  // namespace inventory
