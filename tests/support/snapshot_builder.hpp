#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "inventory/model/snapshot.hpp"

namespace support {

/// When the database of every built snapshot was read: 2026-01-02T03:04:05Z.
constexpr inventory::Time read_at{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} +
                                  std::chrono::seconds{11'045}};

/// "i-2-<id>-VM", uuid "vm-uuid-<id>": Running on host 1 and reported so ten seconds ago.
inventory::VmRecord a_vm(std::uint64_t id);

/// "kvm<id>", uuid "host-uuid-<id>": Up, Enabled, in cluster 1 of zone 1.
inventory::HostRecord a_host(std::uint64_t id);

inventory::HostWitness an_answer(std::uint64_t host, std::vector<inventory::Domain> domains);
inventory::HostWitness a_silence(std::uint64_t host);

inventory::Verdict agreement();
inventory::Verdict verdict(inventory::DriftKind kind, inventory::HypervisorState shown);

/// Puts snapshots together for tests: zone 1 "north", cluster 1 "pod-a", the database just read, and whatever
/// is added.
class SnapshotBuilder {
public:
    SnapshotBuilder();

    SnapshotBuilder& vm(inventory::VmRecord record, inventory::Verdict verdict = agreement(),
                        inventory::Time since = read_at);
    SnapshotBuilder& host(inventory::HostRecord record);
    SnapshotBuilder& witness(inventory::HostWitness witness);
    SnapshotBuilder& collector(inventory::CollectorReport report);
    SnapshotBuilder& database_down(std::string error);

    /// For whatever has no function of its own.
    inventory::CloudRecords& records() { return records_; }

    [[nodiscard]] inventory::Snapshot build() const;

    /// A snapshot from before the first reading.
    static inventory::Snapshot nothing();

private:
    inventory::CloudRecords records_;
    inventory::Snapshot snapshot_;
};

}  // namespace support
