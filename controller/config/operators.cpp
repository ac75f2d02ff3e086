#include "controller/config/operators.hpp"

#include <chrono>

namespace controller {
namespace {

using namespace std::chrono_literals;

constexpr auto default_freshness = 30s;

std::vector<Window> read_windows(service::ConfigSection& remedy) {
    std::vector<Window> windows;
    for (const auto& text : remedy.list("windows")) {
        if (auto window = parse_window(text)) {
            windows.push_back(*std::move(window));
        } else {
            remedy.mistake("windows", window.error().message);
        }
    }
    return windows;
}

Flapping read_flapping(service::ConfigSection section) {
    constexpr std::uint64_t most_actions = 1000;
    constexpr std::uint64_t fallback = 3;
    return {.actions = static_cast<std::uint32_t>(section.number("actions", 1, most_actions, fallback)),
            .within = section.duration("within", 1s, 24h)};
}

}  // namespace

void read_operators_limits(service::ConfigSection& remedy, RemedyPolicy& policy) {
    policy.windows = read_windows(remedy);
    policy.flapping = read_flapping(remedy.optional_section("flapping"));
}

std::optional<AlertmanagerConfig> read_alertmanager(service::ConfigSection& controller) {
    if (!controller.has("alertmanager")) {
        return std::nullopt;
    }
    auto section = controller.section("alertmanager");
    AlertmanagerConfig config;
    config.endpoint.url = section.text("url");
    if (const auto checked =
            alertmanager::make_silence_source({.url = config.endpoint.url, .token = {}, .ca_file = {}});
        !checked && !config.endpoint.url.empty()) {
        section.mistake("url", checked.error().message);
    }
    if (section.has("token_file")) {
        config.endpoint.token = section.secret_file("token_file");
    }
    config.endpoint.ca_file = section.text("ca_file", "");
    config.endpoint.timeout = section.duration("timeout", 100ms, 5s);
    config.interval = section.duration("interval", 100ms, 5s);
    return config;
}

inventory::Duration read_silences_freshness(service::ConfigSection& controller) {
    return controller.optional_section("alertmanager").duration("freshness", 1s, default_freshness);
}

}  // namespace controller
