#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_mac_addresses_duplicated(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.mac_audit) {
        return;
    }
    const auto& audit = snapshot.health.mac_audit->value;
    writer.count({{"scope", "network"}}, audit.duplicated_in_network);
    writer.count({{"scope", "zone"}}, audit.duplicated_in_zone);
}

}  // namespace

constinit const Family mac_addresses_duplicated{
    Group::mac,
    "cloudstack_mac_addresses_duplicated",
    "MAC addresses that more than one live NIC has, within one guest network or among all guest networks of "
    "one zone.",
    FamilyType::gauge,
    write_mac_addresses_duplicated,
};

}  // namespace exporter::families
