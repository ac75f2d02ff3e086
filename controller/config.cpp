#include "controller/config.hpp"

#include <chrono>
#include <utility>

#include "controller/config/fleet_policies.hpp"
#include "controller/config/operators.hpp"
#include "service/config_reader.hpp"

namespace controller {
namespace {

using namespace std::chrono_literals;
using service::ConfigSection;

constexpr std::size_t default_max_body = std::size_t{256} * 1024;
constexpr std::size_t largest_max_body = std::size_t{4} * 1024 * 1024;

service::ListenAddress read_listen(ConfigSection& section) {
    const auto address = service::parse_listen_address(section.text("listen", "127.0.0.1:9785"));
    if (!address) {
        section.mistake("listen", address.error().message);
        return {};
    }
    return *address;
}

CloudStackConfig read_cloudstack(ConfigSection section) {
    CloudStackConfig config;
    config.url = section.text("url");
    if (!config.url.starts_with("http://") && !config.url.starts_with("https://")) {
        section.mistake(
            "url", "must begin with http:// or https://, as in https://cloud.example.org:8443/client/api");
    }
    config.api_key = section.secret_file("api_key_file");
    config.secret_key = section.secret_file("secret_key_file");
    config.ca_file = section.text("ca_file", "");
    config.timeout = section.duration("timeout", 100ms, 10s);
    config.move_timeout = section.duration("move_timeout", 1s, 2min);
    return config;
}

inventory::mariadb::Server read_journal(ConfigSection section) {
    auto server = service::read_database_server(section, "schema", "warden");
    if (server.schema == "cloud") {
        section.mistake(
            "schema",
            "must not be CloudStack's own schema: the journal lives in one of its own, as in warden");
    }
    return server;
}

std::string remedy_words() {
    std::string words;
    for (const auto remedy : all_remedies) {
        words += (words.empty() ? "" : " or ") + std::string(to_word(remedy));
    }
    return words;
}

std::map<std::string, Remedy> read_alerts(ConfigSection& controller) {
    std::map<std::string, Remedy> alerts;
    auto section = controller.optional_section("alerts");
    for (const auto& [name, word] : controller.texts("alerts")) {
        if (const auto remedy = parse_remedy(word)) {
            alerts.emplace(name, *remedy);
        } else {
            section.mistake(name, "'" + word + "' is no remedy; write " + remedy_words());
        }
    }
    return alerts;
}

RemedyPolicy read_remedy(ConfigSection section) {
    RemedyPolicy policy;
    policy.mode = parse_mode(section.word("mode", {"off", "observe", "approve", "auto"}, "observe"))
                      .value_or(Mode::observe);
    policy.grace_ping_intervals =
        static_cast<std::uint32_t>(section.number("grace_ping_intervals", 2, 1000, 2));
    policy.attempts = static_cast<std::uint32_t>(section.number("attempts", 1, 100, 3));
    policy.attempts_period = section.duration("attempts_period", 1s, 1h);
    policy.back_off = section.duration("back_off", 1s, 5min);
    policy.verify_timeout = section.duration("verify_timeout", 1s, 2min);
    if (section.has("scope")) {
        policy.scope = read_scope(section.section("scope"));
    }
    read_operators_limits(section, policy);
    return policy;
}

std::map<Remedy, RemedyPolicy> read_remedies(ConfigSection& controller) {
    std::map<Remedy, RemedyPolicy> remedies;
    auto section = controller.optional_section("remedies");
    for (const auto remedy : all_remedies) {
        remedies.emplace(remedy, read_remedy(section.optional_section(to_word(remedy))));
    }
    return remedies;
}

loop::LeaseSettings read_lease(ConfigSection section) {
    constexpr int renewals_in_a_lease = 3;
    loop::LeaseSettings settings;
    settings.ttl = section.duration("ttl", 3s, settings.ttl);
    settings.renew = section.duration("renew", 500ms, settings.renew);
    if (settings.ttl < renewals_in_a_lease * settings.renew) {
        section.mistake("ttl", "must be at least three times renew (" + inventory::to_words(settings.renew) +
                                   "), so that one renewal that is lost costs nothing");
    }
    return settings;
}

loop::LoopSettings read_loop(ConfigSection& controller, const service::CloudConfig& cloud) {
    loop::LoopSettings settings;
    auto cloudstack = controller.section("cloudstack");
    settings.expires = cloudstack.duration("expires", 1s, 60s);
    settings.job_timeout = cloudstack.duration("job_timeout", 1s, 5min);
    settings.judge_interval = controller.duration("judge_interval", 100ms, 5s);
    settings.limits = cloud.plan.limits;
    settings.policy.freshness = settings.limits.freshness;
    settings.policy.silences_freshness = read_silences_freshness(controller);
    settings.policy.heartbeat = settings.limits.heartbeat;
    settings.policy.remedies = read_remedies(controller);
    auto scope = controller.optional_section("scope");
    settings.policy.scope = read_scope(scope);
    settings.policy.opt_out = read_opt_out_tag(scope);
    settings.policy.storm = read_storm(controller.optional_section("storm"));
    settings.policy.concurrency = read_concurrency(controller.optional_section("concurrency"));
    return settings;
}

}  // namespace

inventory::Result<ControllerConfig> read_config(const std::string& path) {
    auto file = service::ConfigFile::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    file->ignore("exporter");
    auto root = file->root();
    ControllerConfig config;
    config.cloud = service::read_cloud_config(root.section("cloud"));
    auto controller = root.section("controller");
    config.listen = read_listen(controller);
    auto webhook = controller.section("webhook");
    config.webhook_token = webhook.secret_file("token_file");
    config.webhook_max_body = webhook.number("max_body", 1024, largest_max_body, default_max_body);
    config.operator_token = controller.section("operator").secret_file("token_file");
    config.cloudstack = read_cloudstack(controller.section("cloudstack"));
    config.journal = read_journal(controller.section("journal"));
    config.alertmanager = read_alertmanager(controller);
    config.alerts = read_alerts(controller);
    config.loop = read_loop(controller, config.cloud);
    config.lease = read_lease(controller.optional_section("lease"));
    config.hash = file->hash();
    if (const auto finished = file->finish(); !finished) {
        return tl::unexpected(finished.error());
    }
    return config;
}

}  // namespace controller
