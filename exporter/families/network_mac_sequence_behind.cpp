#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_network_mac_sequence_behind(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.mac_audit) {
        return;
    }
    for (const auto& behind : snapshot.health.mac_audit->value.behind) {
        writer.sample({{"network", behind.network.name}, {"network_id", behind.network.uuid}},
                      static_cast<double>(behind.by));
    }
}

}  // namespace

constinit const Family network_mac_sequence_behind{
    Group::mac,
    "cloudstack_network_mac_sequence_behind",
    "How many values the counter of a network stands behind MAC addresses that are in use: as many may be "
    "given out twice. No series: it is ahead.",
    FamilyType::gauge,
    write_network_mac_sequence_behind,
};

}  // namespace exporter::families
