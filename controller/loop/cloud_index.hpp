#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/model/snapshot.hpp"

namespace controller::loop {

/// One snapshot arranged for look-up at one moment: built once per step of the loop, and once per fresh
/// reading, however many actions are judged on it. 100,000 VMs cost a tenth of a second. Immutable: any
/// thread may ask.
class CloudIndex {
public:
    CloudIndex(std::shared_ptr<const inventory::Snapshot> snapshot, const inventory::JudgementLimits& limits,
               inventory::Time now);
    ~CloudIndex() = default;
    CloudIndex(const CloudIndex&) = delete;
    CloudIndex& operator=(const CloudIndex&) = delete;

    [[nodiscard]] const inventory::Snapshot& snapshot() const { return *snapshot_; }
    [[nodiscard]] const inventory::JudgementLimits& limits() const { return limits_; }
    [[nodiscard]] inventory::Time now() const { return now_; }
    [[nodiscard]] const inventory::DomainIndex& domains() const { return domains_; }

    /// Whether CloudStack's records were ever read; everything below is empty until then.
    [[nodiscard]] bool has_records() const { return snapshot_->records != nullptr; }
    [[nodiscard]] const inventory::FleetView& fleet() const { return fleet_; }
    [[nodiscard]] const inventory::RecordIndex& records() const { return fleet_.records(); }

    /// The row that carries the uuid (the first, should there be several); null when there is none.
    [[nodiscard]] const inventory::VmRecord* row(const std::string& vm_uuid) const;

    /// The rows that carry the uuid, and every other live row that would be taken for the same VM by its
    /// name.
    [[nodiscard]] std::vector<inventory::VmRecord> rows_of(const std::string& vm_uuid) const;

    /// How the snapshot judged this row of its own; null when it did not.
    [[nodiscard]] const inventory::JudgedVm* judged(const inventory::VmRecord& row) const;

    /// nullopt when the work could not be read.
    [[nodiscard]] std::optional<std::vector<inventory::VmJob>> jobs_on(inventory::VmId vm) const;
    [[nodiscard]] std::optional<std::vector<inventory::HaWork>> ha_work_on(inventory::VmId vm) const;

private:
    using Positions = std::unordered_multimap<std::string_view, std::size_t>;

    std::shared_ptr<const inventory::Snapshot> snapshot_;
    inventory::JudgementLimits limits_;
    inventory::Time now_;
    inventory::DomainIndex domains_;
    inventory::FleetView fleet_;
    Positions by_uuid_;
    Positions by_name_;
    std::unordered_map<inventory::VmId, std::size_t> by_id_;
    std::unordered_map<inventory::VmId, std::vector<inventory::VmJob>> jobs_;
    std::unordered_map<inventory::VmId, std::vector<inventory::HaWork>> ha_work_;
};

}  // namespace controller::loop
