#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "inventory/model/snapshot.hpp"
#include "tests/support/builders.hpp"

namespace support {

/// A host whose libvirt was asked and has never answered.
inventory::HostWitness a_silence(inventory::HostId host);

inventory::Verdict agreement();
inventory::Verdict verdict(inventory::DriftKind kind, inventory::HypervisorState shown);

/// What a reading beside the records found at `now`.
template <class T>
inventory::Finding<T> found(T value) {
    return std::make_shared<const inventory::Dated<T>>(inventory::Dated<T>{now, std::move(value)});
}

/// Network `number`, by the name "tier".
inline inventory::Network a_network(std::uint64_t number) {
    return {inventory::NetworkId{number}, "net-uuid-" + std::to_string(number), "tier"};
}

/// VM `number` as a move between accounts names it.
inline inventory::NamedVm a_named_vm(std::uint64_t number) {
    return {inventory::VmId{number}, "i-2-" + std::to_string(number) + "-VM",
            "vm-uuid-" + std::to_string(number)};
}

/// Puts snapshots together for tests: zone 1 "north", cluster 1 "pod-a", the database read at `now`, and
/// whatever is added.
class SnapshotBuilder {
public:
    SnapshotBuilder();

    SnapshotBuilder& vm(inventory::VmRecord record, inventory::Verdict verdict = agreement(),
                        inventory::Time since = now);
    SnapshotBuilder& host(inventory::HostRecord record);
    SnapshotBuilder& witness(inventory::HostWitness witness);
    SnapshotBuilder& collector(inventory::CollectorReport report);
    SnapshotBuilder& database_down(std::string error);

    /// For whatever has no function of its own.
    inventory::CloudRecords& records() { return records_; }

    inventory::DatabaseHealth& health() { return snapshot_.health; }

    [[nodiscard]] inventory::Snapshot build() const;

    /// A snapshot from before the first reading.
    static inventory::Snapshot nothing();

private:
    inventory::CloudRecords records_;
    inventory::Snapshot snapshot_;
};

}  // namespace support
