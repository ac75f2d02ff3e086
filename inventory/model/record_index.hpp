#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "inventory/model/cloud_records.hpp"

namespace inventory {

/// Hosts by where they stand, each list sorted by id.
struct HostGroups {
    std::unordered_map<ClusterId, std::vector<HostId>> by_cluster;
    std::unordered_map<ZoneId, std::vector<HostId>> by_zone;

    void add(const HostRecord& host);
};

/// The records arranged for look-up, built once per composition: judging 100,000 VMs must not search lists.
/// Points into the records: it must not outlive them.
class RecordIndex {
public:
    explicit RecordIndex(const CloudRecords& records);

    [[nodiscard]] const CloudRecords& records() const { return *records_; }
    [[nodiscard]] const HostRecord* host(HostId id) const;
    [[nodiscard]] const HostRecord* host(std::optional<HostId> id) const;
    [[nodiscard]] const HostGroups& groups() const { return groups_; }

    /// The management server with this id; null when there is none or they could not be read.
    [[nodiscard]] const ManagementServer* manager(std::optional<std::uint64_t> msid) const;

    /// The management server that owns the host's agent; null when there is none or they could not be read.
    [[nodiscard]] const ManagementServer* manager_of(const HostRecord& host) const;

    /// nullopt when the jobs could not be read.
    [[nodiscard]] std::optional<bool> job_in_progress(VmId vm) const;

private:
    const CloudRecords* records_;
    std::unordered_map<HostId, const HostRecord*> hosts_;
    HostGroups groups_;
    std::unordered_map<std::uint64_t, const ManagementServer*> managers_;
    std::unordered_set<VmId> busy_vms_;
};

}  // namespace inventory
