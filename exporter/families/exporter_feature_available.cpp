#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_exporter_feature_available(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.schema) {
        return;
    }
    for (const auto& feature : snapshot.health.schema->value.features) {
        writer.flag({{"feature", feature.name}}, feature.is_available());
    }
}

}  // namespace

constinit const Family exporter_feature_available{
    Group::exporter,
    "warden_exporter_feature_available",
    "Whether CloudStack's schema has what the feature reads and the account may read it; the log says what "
    "is missing.",
    FamilyType::gauge,
    write_exporter_feature_available,
};

}  // namespace exporter::families
