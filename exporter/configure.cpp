#include "exporter/configure.hpp"

#include <algorithm>
#include <string_view>

namespace exporter {
namespace {

inventory::Status override_listen(const Flags& flags, ExporterConfig& config) {
    if (flags.listen_address) {
        const auto address = service::parse_listen_address(*flags.listen_address);
        if (!address) {
            return inventory::failure("--web.listen-address", address.error());
        }
        config.listen = *address;
    }
    return {};
}

inventory::Status override_shard(const Flags& flags, ExporterConfig& config) {
    if (flags.shard) {
        const auto shard = parse_shard(*flags.shard);
        if (!shard) {
            return inventory::failure("--shard", shard.error());
        }
        config.page.shard = *shard;
    }
    return {};
}

/// The web server takes routes for patterns: only what stands for itself in one may be in the path.
inventory::Status check_metrics_path(const Flags& flags) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/";
    const std::string_view path = flags.metrics_path;
    const bool is_taken = path == "/" || path.starts_with("/-/") || path.starts_with("/debug/");
    if (!path.starts_with('/') || path.find_first_not_of(letters) != std::string_view::npos || is_taken) {
        return inventory::failure(
            "--web.telemetry-path: must be a path such as /metrics, of letters, digits, "
            "'_', '-' and '/', and not one that serves something else; not '" +
            flags.metrics_path + "'");
    }
    return {};
}

}  // namespace

inventory::Result<ExporterConfig> configure(const Flags& flags) {
    auto config = read_config(flags.config_file);
    if (!config) {
        return config;
    }
    const auto amended =
        check_metrics_path(flags).and_then([&] { return override_listen(flags, *config); }).and_then([&] {
            return override_shard(flags, *config);
        });
    if (!amended) {
        return tl::unexpected(amended.error());
    }
    return config;
}

}  // namespace exporter
