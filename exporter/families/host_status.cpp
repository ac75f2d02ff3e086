#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_status(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_host(snapshot, [&](const inventory::HostRecord& host) {
        if (!host.status.empty()) {
            writer.flag({{"host", host.name}, {"host_id", host.uuid}, {"status", host.status}}, true);
        }
    });
}

}  // namespace

constinit const Family host_status{
    Group::host,
    "cloudstack_host_status",
    "The host's status in CloudStack: Up, Down, Alert, Disconnected, ...",
    FamilyType::gauge,
    write_host_status,
};

}  // namespace exporter::families
