#include "exporter/flags.hpp"

#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

namespace exporter {
namespace {

constexpr auto description =
    "warden-exporter publishes for Prometheus where CloudStack's records, its agents' reports and libvirt "
    "agree about VMs and hosts, and where they do not.";

void add_options(CLI::App& app, Flags& flags) {
    const std::map<std::string, service::LogFormat> formats{{"logfmt", service::LogFormat::logfmt},
                                                            {"json", service::LogFormat::json}};
    app.add_option("--config.file", flags.config_file, "Configuration file.")
        ->capture_default_str()
        ->type_name("FILE");
    app.add_option("--web.listen-address", flags.listen_address,
                   "Address to serve on; overrides exporter.listen of the configuration.")
        ->type_name("HOST:PORT");
    app.add_option("--web.config.file", flags.web_config_file,
                   "TLS and authentication, in the format of Prometheus' exporter-toolkit (docs/web.md).")
        ->type_name("FILE");
    app.add_flag("--check-config", flags.check_config,
                 "Read the configuration, name every mistake, and end.");
    app.add_flag("--once", flags.once, "Look once at everything, print the metrics, and end.");
    app.add_option("--log.format", flags.log_format, "Format of the log on stderr: logfmt or json.")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->type_name("FORMAT");
    app.set_version_flag("--version", "warden-exporter " WARDEN_VERSION, "Print the version and end.");
    app.set_help_flag("--help,-h", "Print this help and end.");
}

}  // namespace

tl::expected<Flags, int> parse_flags(int count, const char* const* arguments) {
    constexpr int usage_error = 2;
    Flags flags;
    CLI::App app{description, "warden-exporter"};
    add_options(app, flags);
    try {
        app.parse(count, arguments);
    } catch (const CLI::Success& wanted) {
        return tl::unexpected(app.exit(wanted));
    } catch (const CLI::ParseError& mistake) {
        std::cerr << "warden-exporter: " << mistake.what() << "; see warden-exporter --help\n";
        return tl::unexpected(usage_error);
    }
    return flags;
}

}  // namespace exporter
