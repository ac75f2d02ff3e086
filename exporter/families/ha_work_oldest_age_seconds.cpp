#include "exporter/families/families.hpp"
#include "exporter/families/oldest.hpp"

namespace exporter::families {
namespace {

void write_ha_work_oldest_age_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records || !snapshot.records->ha_work) {
        return;
    }
    if (const auto oldest = oldest_of(*snapshot.records->ha_work)) {
        writer.sample({}, inventory::to_seconds(snapshot.records->read_at - *oldest));
    }
}

}  // namespace

constinit const Family ha_work_oldest_age_seconds{
    Group::cloudstack,
    "cloudstack_ha_work_oldest_age_seconds",
    "Age of the oldest open HA work when the database was read. No series: there is none.",
    FamilyType::gauge,
    write_ha_work_oldest_age_seconds,
};

}  // namespace exporter::families
