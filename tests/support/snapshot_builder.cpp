#include "tests/support/snapshot_builder.hpp"

#include <memory>
#include <utility>

namespace support {

using inventory::ClusterId;
using inventory::ZoneId;

inventory::HostWitness a_silence(inventory::HostId host) {
    inventory::HostWitness witness;
    witness.host = host;
    witness.uri = "qemu+tls://kvm/system";
    witness.error = "no answer within 5s";
    return witness;
}

inventory::Verdict agreement() {
    return verdict(inventory::DriftKind::none, inventory::HypervisorState::running);
}

inventory::Verdict verdict(inventory::DriftKind kind, inventory::HypervisorState shown) {
    inventory::Verdict verdict;
    verdict.kind = kind;
    verdict.shown = shown;
    return verdict;
}

SnapshotBuilder::SnapshotBuilder() {
    records_.read_at = now;
    records_.zones[ZoneId{1}] = "north";
    records_.clusters[ClusterId{1}] = "pod-a";
    snapshot_.composed_at = now;
    snapshot_.database_up = true;
}

SnapshotBuilder& SnapshotBuilder::vm(inventory::VmRecord record, inventory::Verdict verdict,
                                     inventory::Time since) {
    records_.vms.push_back(std::move(record));
    snapshot_.judged.push_back({std::move(verdict), since});
    return *this;
}

SnapshotBuilder& SnapshotBuilder::host(inventory::HostRecord record) {
    records_.hosts.push_back(std::move(record));
    return *this;
}

SnapshotBuilder& SnapshotBuilder::witness(inventory::HostWitness witness) {
    const auto host = witness.host;
    snapshot_.witnesses[host] = std::make_shared<const inventory::HostWitness>(std::move(witness));
    return *this;
}

SnapshotBuilder& SnapshotBuilder::collector(inventory::CollectorReport report) {
    snapshot_.collectors.push_back(std::move(report));
    return *this;
}

SnapshotBuilder& SnapshotBuilder::database_down(std::string error) {
    snapshot_.database_up = false;
    snapshot_.database_error = std::move(error);
    return *this;
}

inventory::Snapshot SnapshotBuilder::build() const {
    auto snapshot = snapshot_;
    snapshot.records = std::make_shared<const inventory::CloudRecords>(records_);
    return snapshot;
}

inventory::Snapshot SnapshotBuilder::nothing() {
    inventory::Snapshot snapshot;
    snapshot.composed_at = now;
    return snapshot;
}

}  // namespace support
