#include "exporter/config.hpp"

#include "service/config_reader.hpp"

namespace exporter {
namespace {

service::ListenAddress read_listen(service::ConfigSection exporter) {
    constexpr auto usual = "127.0.0.1:9784";
    const auto address = service::parse_listen_address(exporter.text("listen", usual));
    if (!address) {
        exporter.mistake("listen", address.error().message);
        return {};
    }
    return *address;
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
    config.listen = read_listen(file->root().optional_section("exporter"));
    config.hash = file->hash();
    if (auto read = file->finish(); !read) {
        return tl::unexpected(read.error());
    }
    return config;
}

}  // namespace exporter
