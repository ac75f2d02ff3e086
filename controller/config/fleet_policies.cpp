#include "controller/config/fleet_policies.hpp"

#include <charconv>
#include <string>

namespace controller {
namespace {

using service::ConfigSection;

constexpr std::uint64_t most = 1'000'000;

/// "50%"; nullopt when it is not written so.
std::optional<std::uint32_t> parse_percent(std::string_view text) {
    constexpr std::uint32_t whole = 100;
    if (!text.ends_with('%')) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    std::uint32_t percent = 0;
    const auto* const end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, percent);
    if (error != std::errc{} || last != end || percent < 1 || percent > whole) {
        return std::nullopt;
    }
    return percent;
}

StormLimit read_limit(ConfigSection section, const StormLimit& otherwise) {
    StormLimit limit;
    const auto text = section.text("share", std::to_string(otherwise.percent) + "%");
    const auto percent = parse_percent(text);
    if (!percent) {
        section.mistake("share", "must be a part from 1% to 100%, as in 50%, not '" + text + "'");
    }
    limit.percent = percent.value_or(otherwise.percent);
    limit.count = static_cast<std::uint32_t>(section.number("count", 1, most, otherwise.count));
    return limit;
}

}  // namespace

ScopePolicy read_scope(ConfigSection scope) {
    return {
        .zones = scope.list("zones"), .clusters = scope.list("clusters"), .accounts = scope.list("accounts")};
}

OptOutTag read_opt_out_tag(ConfigSection& scope) {
    const auto text = scope.text("opt_out_tag", "warden=off");
    const auto equals = text.find('=');
    OptOutTag tag{.key = text.substr(0, equals), .value = {}};
    if (equals != std::string::npos) {
        tag.value = text.substr(equals + 1);
    }
    if (tag.key.empty() && !text.empty()) {
        scope.mistake("opt_out_tag",
                      "must be KEY=VALUE, as in warden=off, or KEY for any value, or '' for no tag");
    }
    return tag;
}

StormPolicy read_storm(ConfigSection storm) {
    StormPolicy policy;
    policy.host = read_limit(storm.optional_section("host"), policy.host);
    policy.cluster = read_limit(storm.optional_section("cluster"), policy.cluster);
    policy.zone = read_limit(storm.optional_section("zone"), policy.zone);
    policy.cooldown = storm.duration("cooldown", inventory::Duration{0}, policy.cooldown);
    return policy;
}

ConcurrencyPolicy read_concurrency(ConfigSection concurrency) {
    const auto limit = [&concurrency](std::string_view key, std::uint32_t otherwise) {
        return static_cast<std::uint32_t>(concurrency.number(key, 1, most, otherwise));
    };
    const ConcurrencyPolicy otherwise;
    return {.host = limit("host", otherwise.host),
            .cluster = limit("cluster", otherwise.cluster),
            .zone = limit("zone", otherwise.zone),
            .all = limit("all", otherwise.all)};
}

}  // namespace controller
