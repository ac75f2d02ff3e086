#include "controller/loop/cloud_index.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace controller::loop {
namespace {

using inventory::CloudRecords;
using inventory::VmRecord;

const CloudRecords& records_of(const inventory::Snapshot& snapshot) {
    static const CloudRecords none;
    return snapshot.records ? *snapshot.records : none;
}

template <class Work>
std::unordered_map<inventory::VmId, std::vector<Work>> by_vm(const std::optional<std::vector<Work>>& all) {
    std::unordered_map<inventory::VmId, std::vector<Work>> arranged;
    if (all) {
        for (const auto& work : *all) {
            arranged[work.vm].push_back(work);
        }
    }
    return arranged;
}

template <class Work>
std::vector<Work> work_on(inventory::VmId vm,
                          const std::unordered_map<inventory::VmId, std::vector<Work>>& arranged) {
    const auto found = arranged.find(vm);
    return found == arranged.end() ? std::vector<Work>{} : found->second;
}

template <class Map>
void add_positions(std::vector<std::size_t>& positions, const Map& map, std::string_view key) {
    const auto [first, last] = map.equal_range(key);
    std::transform(first, last, std::back_inserter(positions),
                   [](const auto& entry) { return entry.second; });
}

}  // namespace

CloudIndex::CloudIndex(std::shared_ptr<const inventory::Snapshot> snapshot,
                       const inventory::JudgementLimits& limits, inventory::Time now)
    : snapshot_(std::move(snapshot)),
      limits_(limits),
      now_(now),
      domains_(snapshot_->witnesses, now, limits.freshness),
      fleet_(records_of(*snapshot_), domains_, limits, now),
      jobs_(by_vm(records_of(*snapshot_).vm_jobs)),
      ha_work_(by_vm(records_of(*snapshot_).ha_work)) {
    const auto& vms = records_of(*snapshot_).vms;
    by_uuid_.reserve(vms.size());
    by_name_.reserve(vms.size());
    by_id_.reserve(vms.size());
    for (std::size_t position = 0; position < vms.size(); ++position) {
        by_uuid_.emplace(vms[position].uuid, position);
        by_name_.emplace(vms[position].instance_name, position);
        by_id_.emplace(vms[position].id, position);
    }
}

const VmRecord* CloudIndex::row(const std::string& vm_uuid) const {
    std::vector<std::size_t> positions;
    add_positions(positions, by_uuid_, vm_uuid);
    const auto first = std::ranges::min_element(positions);
    return first == positions.end() ? nullptr : &records_of(*snapshot_).vms[*first];
}

std::vector<VmRecord> CloudIndex::rows_of(const std::string& vm_uuid) const {
    std::vector<VmRecord> rows;
    const auto* own = row(vm_uuid);
    if (own == nullptr) {
        return rows;
    }
    std::vector<std::size_t> positions;
    add_positions(positions, by_uuid_, vm_uuid);
    add_positions(positions, by_name_, own->instance_name);
    std::ranges::sort(positions);
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    std::ranges::transform(positions, std::back_inserter(rows),
                           [this](std::size_t position) { return records_of(*snapshot_).vms[position]; });
    return rows;
}

const inventory::JudgedVm* CloudIndex::judged(const VmRecord& row) const {
    const auto found = by_id_.find(row.id);
    if (found == by_id_.end() || found->second >= snapshot_->judged.size()) {
        return nullptr;
    }
    return &snapshot_->judged[found->second];
}

std::optional<std::vector<inventory::VmJob>> CloudIndex::jobs_on(inventory::VmId vm) const {
    if (!records_of(*snapshot_).vm_jobs) {
        return std::nullopt;
    }
    return work_on(vm, jobs_);
}

std::optional<std::vector<inventory::HaWork>> CloudIndex::ha_work_on(inventory::VmId vm) const {
    if (!records_of(*snapshot_).ha_work) {
        return std::nullopt;
    }
    return work_on(vm, ha_work_);
}

}  // namespace controller::loop
