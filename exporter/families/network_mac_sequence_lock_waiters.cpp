#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_network_mac_sequence_lock_waiters(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const auto& health = snapshot.health;
    if (!health.innodb_locks || !health.mac_sequences) {
        return;
    }
    const auto waiters = inventory::waiters_per_row(health.innodb_locks->value, "op_networks");
    if (waiters.empty()) {
        return;
    }
    for (const auto& sequence : health.mac_sequences->value) {
        const auto waiting = waiters.find(sequence.network.id.value);
        if (waiting != waiters.end()) {
            writer.count({{"network", sequence.network.name}, {"network_id", sequence.network.uuid}},
                         waiting->second);
        }
    }
}

}  // namespace

constinit const Family network_mac_sequence_lock_waiters{
    Group::mac,
    "cloudstack_network_mac_sequence_lock_waiters",
    "Transactions that wait for the row of a network in op_networks, and with it for its next MAC address. "
    "No "
    "series: nobody waits.",
    FamilyType::gauge,
    write_network_mac_sequence_lock_waiters,
};

}  // namespace exporter::families
