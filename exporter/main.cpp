#include <chrono>
#include <iostream>
#include <string>

#include "exporter/config.hpp"
#include "exporter/endpoints.hpp"
#include "exporter/families/families.hpp"
#include "exporter/feature_log.hpp"
#include "exporter/flags.hpp"
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
    const auto observatory = exporter::watch(config.cloud, config.checks);
    const auto snapshot = exporter::look_once(*observatory, config.cloud);
    if (!snapshot->records) {
        return complain(failed, snapshot->database_error);
    }
    const auto page = exporter::render(exporter::families::whole_page(), *snapshot);
    const exporter::SelfFacts facts{page.series(), snapshot->records->read_at, config.hash};
    std::cout << page.text << exporter::render_self(facts, inventory::system_now()) << std::flush;
    return std::cout ? well : complain(failed, "cannot write the metrics to standard output");
}

void wait_until_told_to_stop() {
    constexpr inventory::Duration glance = std::chrono::hours{1};
    for (auto signal = service::Signal::none; signal != service::Signal::stop;) {
        signal = service::wait_for_signal(glance);
        if (signal == service::Signal::reload) {
            service::log_warn("the configuration is read at the start only: restart to apply a change");
        }
    }
}

/// A thread that waits for a frozen host ends with its deadline, which may be later than whoever stops us is
/// willing to wait. Nothing is to be saved, and the workers die with this process.
int end_soon(ExitCode code) {
    service::exit_within(patience, code);
    return code;
}

int serve(const ExporterConfig& config, const std::string& web_config_file) {
    const auto observatory = exporter::watch(config.cloud, config.checks);
    observatory->start();
    exporter::FeatureLog features;
    const auto watch_features = [&](const auto& seen, auto limit) {
        auto newest = observatory->wait_for_newer(seen, limit);
        features.note(*newest);
        return newest;
    };
    const exporter::PageKeeper pages(watch_features, exporter::families::whole_page());
    service::WebServer server;
    exporter::add_endpoints(server, {pages, config.hash, inventory::system_now});
    if (const auto started = server.start(config.listen, web_config_file); !started) {
        complain(failed, started.error().message);
        return end_soon(failed);
    }
    service::log_info("serving metrics", {{"address", to_text(config.listen)}, {"version", WARDEN_VERSION}});
    wait_until_told_to_stop();
    service::log_info("stopping");
    return end_soon(well);
}

inventory::Result<ExporterConfig> configure(const exporter::Flags& flags) {
    auto config = exporter::read_config(flags.config_file);
    if (config && flags.listen_address) {
        auto address = service::parse_listen_address(*flags.listen_address);
        if (!address) {
            return inventory::failure("--web.listen-address", address.error());
        }
        config->listen = *address;
    }
    return config;
}

int run(const exporter::Flags& flags) {
    service::set_log_format(flags.log_format);
    const auto config = configure(flags);
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
    return flags.once ? print_once(*config) : serve(*config, flags.web_config_file);
}

}  // namespace

int main(int count, char** arguments) {
    service::block_signals();
    const auto flags = exporter::parse_flags(count, arguments);
    return flags ? run(*flags) : flags.error();
}
