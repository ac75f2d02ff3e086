#include "exporter/config.hpp"

#include <chrono>

#include "exporter/page_plan.hpp"
#include "service/config_reader.hpp"

namespace exporter {
namespace {

service::ListenAddress read_listen(service::ConfigSection& exporter) {
    constexpr auto usual = "127.0.0.1:9784";
    const auto address = service::parse_listen_address(exporter.text("listen", usual));
    if (!address) {
        exporter.mistake("listen", address.error().message);
        return {};
    }
    return *address;
}

inventory::mariadb::HealthPlan read_checks(service::ConfigSection checks) {
    constexpr inventory::Duration least_interval = std::chrono::seconds{1};
    inventory::mariadb::HealthPlan plan;
    plan.locks = checks.duration("locks", least_interval, plan.locks);
    plan.sequences = checks.duration("sequences", least_interval, plan.sequences);
    plan.scans = checks.duration("scans", least_interval, plan.scans);
    plan.scan_timeout = checks.duration("scan_timeout", least_interval, plan.scan_timeout);
    return plan;
}

}  // namespace

inventory::Result<ExporterConfig> read_config(const std::string& path) {
    auto file = service::ConfigFile::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    file->ignore("controller");
    ExporterConfig config;
    config.cloud = service::read_cloud_config(file->root().section("cloud"));
    auto exporter = file->root().optional_section("exporter");
    config.checks = read_checks(exporter.optional_section("checks"));
    config.listen = read_listen(exporter);
    config.page = read_page_plan(exporter);
    config.hash = file->hash();
    if (auto read = file->finish(); !read) {
        return tl::unexpected(read.error());
    }
    return config;
}

}  // namespace exporter
