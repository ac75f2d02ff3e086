#include "exporter/families/each_network.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_network_mac_sequence(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_mac_sequence(snapshot, [&writer](const auto& network, std::uint64_t next) {
        writer.count({{"network", network.name}, {"network_id", network.uuid}}, next);
    });
}

}  // namespace

constinit const Family network_mac_sequence{
    Group::mac,
    "cloudstack_network_mac_sequence",
    "The next value of the counter that the MAC addresses of a network are made from "
    "(op_networks.mac_address_seq).",
    FamilyType::gauge,
    write_network_mac_sequence,
};

}  // namespace exporter::families
