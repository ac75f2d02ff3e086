#include <chrono>
#include <exception>
#include <iostream>

#include "controller/application.hpp"
#include "controller/config.hpp"
#include "controller/flags.hpp"
#include "service/log.hpp"
#include "service/signals.hpp"

namespace {

constexpr int config_error = 2;
constexpr int run_error = 1;

/// How long the threads may take to let go. One that waits for a frozen host or a silent API would take
/// longer; it need not be waited for, because the journal makes any instant a good one to end at: an attempt
/// under way is open in it, and the next start settles it from the world. libvirt's workers die with us.
constexpr auto patience = std::chrono::seconds{2};

int fail(int code, const std::string& message) {
    std::cerr << "warden-controller: " << message << '\n';
    return code;
}

/// The configuration as the file and the command line have it.
inventory::Result<controller::ControllerConfig> configure(const controller::Flags& flags) {
    auto config = controller::read_config(flags.config_file);
    if (!config) {
        return config;
    }
    if (!flags.listen_address.empty()) {
        const auto address = service::parse_listen_address(flags.listen_address);
        if (!address) {
            return inventory::failure("--web.listen-address", address.error());
        }
        config->listen = *address;
    }
    config->web_config_file = flags.web_config_file;
    return config;
}

void wait_until_told_to_stop(controller::Application& application) {
    using namespace std::chrono_literals;
    for (auto signal = service::Signal::none; signal != service::Signal::stop;) {
        signal = service::wait_for_signal(1h);
        if (signal == service::Signal::reload) {
            (void)application.reload();  // it says in the log what came of it
        }
    }
}

int run(const controller::Flags& flags) {
    const auto config = configure(flags);
    if (!config) {
        return fail(config_error, config.error().message);
    }
    if (const auto web = service::check_web_config(flags.web_config_file); !web) {
        return fail(config_error, web.error().message);
    }
    if (flags.check_config) {
        std::cout << flags.config_file << ": good\n";
        return 0;
    }
    const auto application = controller::Application::start(*config, [flags] { return configure(flags); });
    if (!application) {
        return fail(run_error, application.error().message);
    }
    wait_until_told_to_stop(**application);
    service::log_info("stopping");
    service::exit_within(patience, 0);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        service::block_signals();
        int exit_code = 0;
        const auto flags = controller::read_flags(argc, argv, exit_code);
        if (!flags) {
            return exit_code;
        }
        service::set_log_format(flags->log_format);
        return run(*flags);
    } catch (const std::exception& error) {
        return fail(run_error, error.what());
    }
}
