#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_network_nics_count_drift(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.mac_audit) {
        return;
    }
    for (const auto& drift : snapshot.health.mac_audit->value.nics_count) {
        writer.sample({{"network", drift.network.name}, {"network_id", drift.network.uuid}},
                      static_cast<double>(drift.by));
    }
}

}  // namespace

constinit const Family network_nics_count_drift{
    Group::mac,
    "cloudstack_network_nics_count_drift",
    "How far op_networks.nics_count is above the NICs that user VMs have in use there: above, the network is "
    "never cleaned up; below, it may be shut down in use. No series: they are equal.",
    FamilyType::gauge,
    write_network_nics_count_drift,
};

}  // namespace exporter::families
