#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_libvirt_unencrypted(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_asked_host(snapshot,
                        [&](const inventory::HostRecord& host, const inventory::HostWitness& witness) {
                            writer.flag({{"host", host.name}, {"host_id", host.uuid}}, !witness.encrypted);
                        });
}

}  // namespace

constinit const Family host_libvirt_unencrypted{
    Group::host,
    "cloudstack_host_libvirt_unencrypted",
    "Whether the host's libvirt is reached over plain TCP: such a port gives root on the host to anyone who "
    "reaches it.",
    FamilyType::gauge,
    write_host_libvirt_unencrypted,
};

}  // namespace exporter::families
