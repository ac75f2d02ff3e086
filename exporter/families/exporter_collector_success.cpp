#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_exporter_collector_success(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for (const auto& report : snapshot.collectors) {
        writer.flag({{"collector", report.collector}}, report.success);
    }
}

}  // namespace

constinit const Family exporter_collector_success{
    Group::exporter,
    "warden_exporter_collector_success",
    "Whether the newest attempt of the collector succeeded.",
    FamilyType::gauge,
    write_exporter_collector_success,
};

}  // namespace exporter::families
