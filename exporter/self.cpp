#include "exporter/self.hpp"

#include "exporter/exposition/sample_writer.hpp"

namespace exporter {
namespace {

constexpr auto gauge = FamilyType::gauge;

void write_snapshot_age(const SelfFacts& facts, inventory::Time now, SampleWriter& writer) {
    writer.start("warden_exporter_snapshot_age_seconds",
                 "How long ago the database was last read with success: nothing recorded here is newer.",
                 gauge);
    if (facts.records_read_at) {
        writer.sample({}, inventory::to_seconds(now - *facts.records_read_at));
    }
}

void write_configuration(const SelfFacts& facts, SampleWriter& writer) {
    writer.start("warden_exporter_config_last_reload_successful",
                 "Whether the configuration was read without a mistake. It is read at the start only.",
                 gauge);
    writer.flag({}, true);
    writer.start("warden_exporter_config_hash", "Hash of the configuration file as it was read.", gauge);
    writer.sample({}, facts.config_hash);
}

}  // namespace

std::string render_self(const SelfFacts& facts, inventory::Time now) {
    std::string text;
    SampleWriter writer(text);
    writer.start("warden_exporter_series", "Series on the page, these of the exporter itself not counted.",
                 gauge);
    writer.count({}, facts.series);
    write_snapshot_age(facts, now, writer);
    write_configuration(facts, writer);
    writer.start("warden_exporter_build_info", "What this exporter was built from.", gauge);
    writer.flag({{"version", WARDEN_VERSION}, {"compiler", __VERSION__}}, true);
    return text;
}

}  // namespace exporter
