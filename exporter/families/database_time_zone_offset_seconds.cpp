#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_database_time_zone_offset_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (snapshot.records && snapshot.records->time_zone_offset) {
        writer.sample({}, inventory::to_seconds(*snapshot.records->time_zone_offset));
    }
}

}  // namespace

constinit const Family database_time_zone_offset_seconds{
    Group::cloudstack,
    "cloudstack_database_time_zone_offset_seconds",
    "Distance of the database server's time zone from UTC. CloudStack's power sync goes wrong unless it is "
    "0.",
    FamilyType::gauge,
    write_database_time_zone_offset_seconds,
};

}  // namespace exporter::families
