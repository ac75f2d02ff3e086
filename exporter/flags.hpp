#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "service/log.hpp"

namespace exporter {

/// The command line, parsed.
struct Flags {
    std::string config_file = "/etc/warden/warden.yml";
    std::optional<std::string> listen_address;  ///< overrides the configuration
    std::optional<std::string> shard;           ///< overrides the configuration
    std::string metrics_path = "/metrics";
    std::string web_config_file;  ///< empty: plain HTTP for everybody
    bool check_config = false;
    bool once = false;
    service::LogFormat log_format = service::LogFormat::logfmt;
    service::LogLevel log_level = service::LogLevel::info;
};

/// The flags; or the exit code when there is nothing more to do: 0 after --help or --version, 2 after a
/// mistake. What there is to say about that has been printed then.
tl::expected<Flags, int> parse_flags(int count, const char* const* arguments);

}  // namespace exporter
