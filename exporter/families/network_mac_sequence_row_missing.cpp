#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_network_mac_sequence_row_missing(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.mac_sequences) {
        return;
    }
    for (const auto& sequence : snapshot.health.mac_sequences->value) {
        if (!sequence.next) {
            writer.flag({{"network", sequence.network.name}, {"network_id", sequence.network.uuid}}, true);
        }
    }
}

}  // namespace

constinit const Family network_mac_sequence_row_missing{
    Group::mac,
    "cloudstack_network_mac_sequence_row_missing",
    "Networks without a row in op_networks: no NIC can be made there. No series: the row is there.",
    FamilyType::gauge,
    write_network_mac_sequence_row_missing,
};

}  // namespace exporter::families
