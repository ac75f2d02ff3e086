#include "exporter/self.hpp"

#include "exporter/exposition/sample_writer.hpp"

namespace exporter {
namespace {

constexpr auto gauge = FamilyType::gauge;

void write_size(const Page& page, SampleWriter& writer) {
    writer.start("warden_exporter_series", "Series on the page, these of the exporter itself not counted.",
                 gauge);
    writer.count({}, page.exposition.series());
    writer.start("warden_exporter_series_dropped_total",
                 "Series that exporter.series_limit kept out, added up over all pages that were made.",
                 FamilyType::counter);
    for (const auto& [family, dropped] : page.dropped) {
        writer.count({{"family", family->name}}, dropped);
    }
}

void write_snapshot_age(const Page& page, inventory::Time now, SampleWriter& writer) {
    writer.start("warden_exporter_snapshot_age_seconds",
                 "How long ago the database was last read with success: nothing recorded here is newer.",
                 gauge);
    if (page.records_read_at) {
        writer.sample({}, inventory::to_seconds(now - *page.records_read_at));
    }
}

void write_configuration(const ConfigFacts& config, std::optional<bool> web_config_good,
                         SampleWriter& writer) {
    writer.start("warden_exporter_config_last_reload_successful",
                 "Whether the configuration had no mistake when it was last read. 0: the former one is in "
                 "force.",
                 gauge);
    writer.flag({}, config.last_read_good);
    writer.start("warden_exporter_config_last_reload_success_timestamp_seconds",
                 "When the configuration was last read without a mistake.", gauge);
    writer.sample({}, inventory::to_unix_seconds(config.read_at));
    writer.start("warden_exporter_config_hash", "Hash of the configuration file that is in force.", gauge);
    writer.sample({}, config.hash);
    writer.start("warden_exporter_web_config_last_reload_successful",
                 "Whether the web configuration file is good as it is now. 0: the former one is in force.",
                 gauge);
    if (web_config_good) {
        writer.flag({}, *web_config_good);
    }
}

}  // namespace

std::string render_self(const Page& page, const ConfigFacts& config, std::optional<bool> web_config_good,
                        inventory::Time now) {
    std::string text;
    SampleWriter writer(text);
    write_size(page, writer);
    write_snapshot_age(page, now, writer);
    write_configuration(config, web_config_good, writer);
    writer.start("warden_exporter_build_info", "What this exporter was built from.", gauge);
    writer.flag({{"version", WARDEN_VERSION}, {"compiler", __VERSION__}}, true);
    return text;
}

}  // namespace exporter
