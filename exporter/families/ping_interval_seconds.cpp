#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_ping_interval_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (snapshot.records && snapshot.records->ping_interval) {
        writer.sample({}, inventory::to_seconds(*snapshot.records->ping_interval));
    }
}

}  // namespace

constinit const Family ping_interval_seconds{
    Group::cloudstack,
    "cloudstack_ping_interval_seconds",
    "How often CloudStack's agents report their VMs (setting ping.interval). Its grace periods are "
    "multiples.",
    FamilyType::gauge,
    write_ping_interval_seconds,
};

}  // namespace exporter::families
