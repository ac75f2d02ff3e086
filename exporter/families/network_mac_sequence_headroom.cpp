#include "exporter/families/each_network.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_network_mac_sequence_headroom(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_mac_sequence(snapshot, [&writer](const auto& network, std::uint64_t next) {
        writer.sample({{"network", network.name}, {"network_id", network.uuid}},
                      static_cast<double>(inventory::mac_sequence_end) - static_cast<double>(next));
    });
}

}  // namespace

constinit const Family network_mac_sequence_headroom{
    Group::mac,
    "cloudstack_network_mac_sequence_headroom",
    "MAC addresses left before the counter of a network leaves its 16 bits. At 0 and below, its addresses "
    "may equal those of other networks.",
    FamilyType::gauge,
    write_network_mac_sequence_headroom,
};

}  // namespace exporter::families
