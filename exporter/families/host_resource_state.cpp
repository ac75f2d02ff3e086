#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_resource_state(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_host(snapshot, [&](const inventory::HostRecord& host) {
        if (!host.resource_state.empty()) {
            writer.flag({{"host", host.name}, {"host_id", host.uuid}, {"state", host.resource_state}}, true);
        }
    });
}

}  // namespace

constinit const Family host_resource_state{
    Group::host,
    "cloudstack_host_resource_state",
    "The host's resource state in CloudStack: Enabled, Maintenance, ...",
    FamilyType::gauge,
    write_host_resource_state,
};

}  // namespace exporter::families
