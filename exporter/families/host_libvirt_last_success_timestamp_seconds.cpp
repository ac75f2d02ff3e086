#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_libvirt_last_success_timestamp_seconds(const inventory::Snapshot& snapshot,
                                                       SampleWriter& writer) {
    for_each_asked_host(snapshot,
                        [&](const inventory::HostRecord& host, const inventory::HostWitness& witness) {
                            if (witness.asked_at) {
                                writer.sample({{"host", host.name}, {"host_id", host.uuid}},
                                              inventory::to_unix_seconds(*witness.asked_at));
                            }
                        });
}

}  // namespace

constinit const Family host_libvirt_last_success_timestamp_seconds{
    Group::host,
    "cloudstack_host_libvirt_last_success_timestamp_seconds",
    "When the host's libvirt was last asked with success.",
    FamilyType::gauge,
    write_host_libvirt_last_success_timestamp_seconds,
};

}  // namespace exporter::families
