#include "tests/controller/decision/laws_of_the_fleet.hpp"

#include <string>
#include <vector>

#include "tests/controller/decision/laws_words.hpp"

namespace controller::decision {
namespace {

using support::Case;

ScopePolicy scope_for(const Case& c) {
    const auto remedy = allowed(c);
    return remedy.scope ? *remedy.scope : c.policy.scope;
}

/// Empty lists name everything; what is unknown is named by no other.
bool is_named(const std::vector<std::string>& names, const std::vector<std::string>& ways_to_say) {
    bool named = names.empty();
    for (const auto& name : names) {
        for (const auto& way : ways_to_say) {
            named = named || name == way;
        }
    }
    return named;
}

std::vector<std::string> words_for(const std::optional<std::string>& name) {
    return name ? std::vector<std::string>{*name} : std::vector<std::string>{};
}

std::vector<std::string> words_for_account(const inventory::VmRecord& vm) {
    if (vm.account.empty() || vm.domain_path.empty()) {
        return {};
    }
    const std::string slash = vm.domain_path.back() == '/' ? "" : "/";
    return {vm.account, vm.domain_path + slash + vm.account};
}

bool opts_out(const Case& c) {
    bool out = false;
    for (const auto& value : *c.world.scope->opt_out_values) {
        out = out || !c.policy.opt_out.value || value == "off" || value == "OFF";
    }
    return out;
}

bool is_long_ago(std::optional<inventory::Time> at, const Case& c) {
    return at && *at <= c.world.now && *at <= c.world.now - c.policy.storm.cooldown;
}

/// Fewer died than either limit says, now and for the whole cooldown.
bool is_calm(const std::optional<FleetGroup>& group, const StormLimit& limit, const Case& c) {
    if (!group) {
        return true;
    }
    const bool few = group->drifted < limit.count || group->drifted * 100 < limit.percent * group->vms;
    return few && (!group->storm_seen_at || is_long_ago(group->storm_seen_at, c));
}

/// Which VMs are its neighbours is certain: of a VM on a host all of them, of one on none at least the
/// zone's.
bool has_known_neighbours(const Case& c) {
    const auto& fleet = c.world.fleet;
    return fleet && fleet->zone && (!row(c).host || (fleet->host && fleet->cluster));
}

bool has_room(const std::optional<FleetGroup>& group, std::uint32_t limit) {
    return !group || group->under_way + 1 <= limit;
}

}  // namespace

bool is_in_scope(const Case& c) {
    const auto scope = scope_for(c);
    return c.world.scope && is_named(scope.zones, words_for(c.world.scope->zone)) &&
           is_named(scope.clusters, words_for(c.world.scope->cluster)) &&
           is_named(scope.accounts, words_for_account(row(c)));
}

bool is_left_in(const Case& c) {
    return c.policy.opt_out.key.empty() || (c.world.scope->opt_out_values && !opts_out(c));
}

bool is_calm_around(const Case& c) {
    const auto& storm = c.policy.storm;
    return has_known_neighbours(c) && is_recent(c.world.fleet->counted_at, c, c.policy.freshness) &&
           is_calm(c.world.fleet->host, storm.host, c) && is_calm(c.world.fleet->cluster, storm.cluster, c) &&
           is_calm(c.world.fleet->zone, storm.zone, c) && is_long_ago(c.world.fleet->watched_since, c);
}

bool has_room_for_one_more(const Case& c) {
    const auto& limits = c.policy.concurrency;
    return has_known_neighbours(c) && has_room(c.world.fleet->host, limits.host) &&
           has_room(c.world.fleet->cluster, limits.cluster) && has_room(c.world.fleet->zone, limits.zone) &&
           c.world.fleet->under_way + 1 <= limits.all;
}

}  // namespace controller::decision
