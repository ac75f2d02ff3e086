#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_exporter_collector_last_success_timestamp_seconds(const inventory::Snapshot& snapshot,
                                                             SampleWriter& writer) {
    for (const auto& report : snapshot.collectors) {
        if (report.last_success) {
            writer.sample({{"collector", report.collector}},
                          inventory::to_unix_seconds(*report.last_success));
        }
    }
}

}  // namespace

constinit const Family exporter_collector_last_success_timestamp_seconds{
    Group::exporter,
    "warden_exporter_collector_last_success_timestamp_seconds",
    "When the newest attempt of the collector that succeeded began.",
    FamilyType::gauge,
    write_exporter_collector_last_success_timestamp_seconds,
};

}  // namespace exporter::families
