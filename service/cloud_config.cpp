#include "service/cloud_config.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace service {
namespace {

using namespace std::chrono_literals;

constexpr inventory::Duration least_interval = 100ms;
constexpr inventory::Duration least_timeout = 100ms;

/// What is wrong with a libvirt URI in which {private_ip} and {name} are still to be filled; empty when
/// nothing is.
std::string mistake_in_uri(const std::string& uri) {
    if (uri.find("://") == std::string::npos) {
        return "must be a libvirt URI such as qemu+tls://{private_ip}/system, not '" + uri + "'";
    }
    for (auto open = uri.find('{'); open != std::string::npos; open = uri.find('{', open + 1)) {
        const auto mark = uri.substr(open, uri.find('}', open) - open + 1);
        if (mark != "{private_ip}" && mark != "{name}") {
            return "has " + mark + "; what is filled in is {private_ip} and {name}";
        }
    }
    return {};
}

std::map<std::string, std::string> read_uris(ConfigSection& libvirt, std::string_view key) {
    auto uris = libvirt.texts(key);
    for (const auto& [name, uri] : uris) {
        if (const auto mistake = mistake_in_uri(uri); !mistake.empty()) {
            std::string sentence = "the URI of ";
            sentence.append(name).append(" ").append(mistake);
            libvirt.mistake(key, sentence);
        }
    }
    return uris;
}

void read_libvirt(ConfigSection libvirt, inventory::observer::ObservationPlan& plan) {
    plan.libvirt_uri = libvirt.text("uri");
    if (const auto mistake = mistake_in_uri(plan.libvirt_uri); libvirt.has("uri") && !mistake.empty()) {
        libvirt.mistake("uri", mistake);
    }
    plan.libvirt_interval = libvirt.duration("interval", least_interval, plan.libvirt_interval);
    plan.libvirt_timeout = libvirt.duration("timeout", least_timeout, plan.libvirt_timeout);
    plan.cluster_uris = read_uris(libvirt, "cluster_uris");
    plan.uri_overrides = read_uris(libvirt, "uri_overrides");
}

/// An answer may be as old as one interval and one time-out before the next one is due; a limit below that
/// would call every host silent now and then.
void check_freshness(ConfigSection& cloud, const inventory::observer::ObservationPlan& plan,
                     inventory::Duration database_timeout) {
    const auto needed =
        std::max(plan.libvirt_interval + plan.libvirt_timeout, plan.database_interval + database_timeout);
    if (plan.limits.freshness < needed) {
        cloud.mistake("freshness",
                      "must be at least interval + timeout of both database and libvirt, which is " +
                          inventory::to_words(needed));
    }
}

}  // namespace

inventory::mariadb::Server read_database_server(ConfigSection& section, std::string_view schema_key,
                                                std::string_view default_schema) {
    constexpr std::uint16_t default_port = 3306;
    constexpr std::uint64_t highest_port = 65535;
    inventory::mariadb::Server server;
    server.host = section.text("host");
    server.port = static_cast<std::uint16_t>(section.number("port", 1, highest_port, default_port));
    server.user = section.text("user");
    server.password = section.secret_file("password_file");
    server.schema = section.text(schema_key, default_schema);
    server.timeout = section.duration("timeout", least_timeout, server.timeout);
    return server;
}

CloudConfig read_cloud_config(ConfigSection cloud) {
    CloudConfig config;
    auto& plan = config.plan;
    auto database = cloud.section("database");
    config.database = read_database_server(database, "name", "cloud");
    plan.database_interval = database.duration("interval", least_interval, plan.database_interval);
    read_libvirt(cloud.section("libvirt"), plan);
    config.zones = cloud.list("zones");
    plan.limits.scope = cloud.word("candidates", {"cluster", "zone"}, "cluster") == "zone"
                            ? inventory::CandidateScope::zone
                            : inventory::CandidateScope::cluster;
    plan.limits.power_proof =
        inventory::parse_power_proof(cloud.word("proof_of_power_off", {"none", "host_ha"}, "none"))
            .value_or(inventory::PowerProof::none);
    plan.limits.freshness = cloud.duration("freshness", least_interval, plan.limits.freshness);
    check_freshness(cloud, plan, config.database.timeout);
    return config;
}

}  // namespace service
