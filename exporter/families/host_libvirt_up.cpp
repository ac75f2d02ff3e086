#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_libvirt_up(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_asked_host(snapshot,
                        [&](const inventory::HostRecord& host, const inventory::HostWitness& witness) {
                            writer.flag({{"host", host.name}, {"host_id", host.uuid}}, witness.up);
                        });
}

}  // namespace

constinit const Family host_libvirt_up{
    Group::host,
    "cloudstack_host_libvirt_up",
    "Whether the host's libvirt answered within its deadline when it was last asked.",
    FamilyType::gauge,
    write_host_libvirt_up,
};

}  // namespace exporter::families
