#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_ha_state(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_host(snapshot, [&](const inventory::HostRecord& host) {
        if (host.ha_state && !host.ha_state->empty()) {
            writer.flag({{"host", host.name}, {"host_id", host.uuid}, {"state", *host.ha_state}}, true);
        }
    });
}

}  // namespace

constinit const Family host_ha_state{
    Group::host,
    "cloudstack_host_ha_state",
    "The state of CloudStack's host HA. No series: host HA was never configured for the host.",
    FamilyType::gauge,
    write_host_ha_state,
};

}  // namespace exporter::families
