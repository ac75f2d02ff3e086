#include "controller/flags.hpp"

#include <CLI/CLI.hpp>

namespace controller {
namespace {

constexpr int usage_error = 2;

}  // namespace

std::optional<Flags> read_flags(int argc, const char* const* argv, int& exit_code) {
    Flags flags;
    std::string log_format = "logfmt";
    CLI::App app("warden-controller: repairs what CloudStack gets wrong, when every guard agrees",
                 "warden-controller");
    app.add_option("--config.file", flags.config_file, "Configuration file")->capture_default_str();
    app.add_option("--web.listen-address", flags.listen_address,
                   "host:port to listen on; overrides the configuration");
    app.add_option("--web.config.file", flags.web_config_file,
                   "TLS and authentication, in the format of Prometheus' exporter-toolkit (docs/web.md)");
    app.add_flag("--check-config", flags.check_config,
                 "Check the configuration file and exit: 0 good, 2 wrong");
    app.add_option("--log.format", log_format, "logfmt or json")
        ->check(CLI::IsMember({"logfmt", "json"}))
        ->capture_default_str();
    app.set_version_flag("--version", std::string("warden-controller ") + WARDEN_VERSION);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        exit_code = app.exit(error) == 0 ? 0 : usage_error;
        return std::nullopt;
    }
    flags.log_format = service::parse_log_format(log_format).value_or(service::LogFormat::logfmt);
    return flags;
}

}  // namespace controller
