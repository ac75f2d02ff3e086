#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_exporter_collector_duration_seconds(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for (const auto& report : snapshot.collectors) {
        writer.sample({{"collector", report.collector}}, inventory::to_seconds(report.took));
    }
}

}  // namespace

constinit const Family exporter_collector_duration_seconds{
    Group::exporter,
    "warden_exporter_collector_duration_seconds",
    "How long the newest attempt of the collector took.",
    FamilyType::gauge,
    write_exporter_collector_duration_seconds,
};

}  // namespace exporter::families
