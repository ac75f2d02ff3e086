#include "exporter/flags.hpp"

#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

namespace exporter {
namespace {

constexpr auto description =
    "warden-exporter publishes for Prometheus where CloudStack's records, its agents' reports and libvirt "
    "agree about VMs and hosts, and where they do not.";

/// An option that is one of a few words, which `parse` knows.
template <class Value, class Parse>
void add_word(CLI::App& app, const std::string& name, Value& value, Parse parse, const std::string& words) {
    const auto read = [name, &value, parse, words](const std::string& word) {
        const auto parsed = parse(word);
        if (!parsed) {
            throw CLI::ValidationError(name, "must be " + words + ", not '" + word + "'");
        }
        value = *parsed;
    };
    app.add_option_function<std::string>(name, read, "Of the log on stderr: " + words + ".")
        ->type_name("WORD");
}

void add_log_options(CLI::App& app, Flags& flags) {
    add_word(app, "--log.format", flags.log_format, service::parse_log_format, "logfmt or json");
    add_word(app, "--log.level", flags.log_level, service::parse_log_level, "debug, info, warn or error");
}

void add_options(CLI::App& app, Flags& flags) {
    app.add_option("--config.file", flags.config_file, "Configuration file.")
        ->capture_default_str()
        ->type_name("FILE");
    app.add_option("--web.listen-address", flags.listen_address,
                   "Address to serve on; overrides exporter.listen of the configuration.")
        ->type_name("HOST:PORT");
    app.add_option("--web.telemetry-path", flags.metrics_path, "Path of the metrics.")
        ->capture_default_str()
        ->type_name("PATH");
    app.add_option("--web.config.file", flags.web_config_file,
                   "TLS and authentication, in the format of Prometheus' exporter-toolkit (docs/web.md).")
        ->type_name("FILE");
    app.add_option("--shard", flags.shard,
                   "Show the share I of N of the series; overrides exporter.shard of the configuration.")
        ->type_name("I/N");
    app.add_flag("--check-config", flags.check_config,
                 "Read the configuration, name every mistake, and end.");
    app.add_flag("--once", flags.once, "Look once at everything, print the metrics, and end.");
    add_log_options(app, flags);
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
