#include <chrono>
#include <iostream>
#include <string>

#include "exporter/configure.hpp"
#include "exporter/endpoints.hpp"
#include "exporter/flags.hpp"
#include "exporter/lookout.hpp"
#include "exporter/page.hpp"
#include "exporter/self.hpp"
#include "exporter/watch.hpp"
#include "service/log.hpp"
#include "service/signals.hpp"
#include "service/web_server.hpp"

namespace {

using exporter::ExporterConfig;

enum ExitCode { well = 0, failed = 1, misused = 2 };

constexpr auto patience = std::chrono::seconds{2};

ExitCode complain(ExitCode code, const std::string& sentence) {
    std::cerr << "warden-exporter: " << sentence << '\n';
    return code;
}

int print_once(const ExporterConfig& config) {
    const auto observatory = exporter::watch(config);
    const auto snapshot = exporter::look_once(*observatory, config.cloud);
    if (!snapshot->records) {
        return complain(failed, snapshot->database_error);
    }
    const auto page = exporter::make_page(snapshot, config.page, 0);
    const auto now = inventory::system_now();
    std::cout << page.exposition.text
              << exporter::render_self(page, {config.hash, true, now}, std::nullopt, now) << std::flush;
    return std::cout ? well : complain(failed, "cannot write the metrics to standard output");
}

void wait_until_told_to_stop(exporter::Lookout& lookout) {
    constexpr inventory::Duration glance = std::chrono::hours{1};
    for (auto signal = service::Signal::none; signal != service::Signal::stop;) {
        signal = service::wait_for_signal(glance);
        if (signal == service::Signal::reload) {
            (void)lookout.reload();  // it says in the log what came of it
        }
    }
}

/// A thread that waits for a frozen host ends with its deadline, which may be later than whoever stops us is
/// willing to wait. Nothing is to be saved, and the workers die with this process.
int end_soon(ExitCode code) {
    service::exit_within(patience, code);
    return code;
}

int serve(const ExporterConfig& config, const exporter::Flags& flags) {
    exporter::Lookout lookout(
        config, [flags] { return exporter::configure(flags); }, exporter::watch, inventory::system_now);
    service::WebServer server;
    exporter::add_endpoints(
        server, {lookout, flags.metrics_path, !flags.web_config_file.empty(), inventory::system_now});
    if (const auto started = server.start(config.listen, flags.web_config_file); !started) {
        complain(failed, started.error().message);
        return end_soon(failed);
    }
    service::log_info("serving metrics", {{"address", to_text(config.listen)},
                                          {"path", flags.metrics_path},
                                          {"shard", to_text(config.page.shard)},
                                          {"version", WARDEN_VERSION}});
    wait_until_told_to_stop(lookout);
    service::log_info("stopping");
    return end_soon(well);
}

int run(const exporter::Flags& flags) {
    service::set_log_format(flags.log_format);
    service::set_log_level(flags.log_level);
    const auto config = exporter::configure(flags);
    if (!config) {
        return complain(misused, config.error().message);
    }
    if (const auto web = service::check_web_config(flags.web_config_file); !web) {
        return complain(misused, web.error().message);
    }
    if (flags.check_config) {
        std::cout << flags.config_file << ": good\n";
        return well;
    }
    return flags.once ? print_once(*config) : serve(*config, flags);
}

}  // namespace

int main(int count, char** arguments) {
    service::block_signals();
    const auto flags = exporter::parse_flags(count, arguments);
    return flags ? run(*flags) : flags.error();
}
