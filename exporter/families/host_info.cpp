#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"
#include "exporter/families/places.hpp"

namespace exporter::families {
namespace {

void write_host_info(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records) {
        return;
    }
    const Places places(*snapshot.records);
    for_each_host(snapshot, [&](const inventory::HostRecord& host) {
        writer.flag({{"host", host.name},
                     {"host_id", host.uuid},
                     {"private_ip", host.private_ip},
                     {"cluster", places.cluster_name(host)},
                     {"zone", places.zone_name(host.zone)}},
                    true);
    });
}

}  // namespace

constinit const Family host_info{
    Group::host,
    "cloudstack_host_info",
    "What CloudStack records of the KVM host and may change: join it on host_id.",
    FamilyType::gauge,
    write_host_info,
};

}  // namespace exporter::families
