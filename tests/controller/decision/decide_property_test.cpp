#include <functional>

#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "controller/decision/guards/guards.hpp"
#include "tests/support/guards_asked.hpp"
#include "tests/support/worlds.hpp"

/// The safety proof. The facts on which acting rests are stated here a second time, in plain words and
/// without a single call into the guards: should a guard and its restatement disagree, one of them is wrong.
namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;
using support::Dice;

bool is_recent(std::optional<inventory::Time> at, const Case& c, inventory::Duration limit) {
    return at.has_value() && c.world.now >= *at && *at + limit >= c.world.now;
}

const inventory::VmRecord& row(const Case& c) {
    return c.world.rows.at(0);
}

RemedyPolicy stop_sync_policy(const Case& c) {
    return c.policy.remedies.at(Remedy::stop_sync);
}

bool was_asked(const Case& c, std::optional<inventory::HostId> host) {
    for (const auto& candidate : c.world.candidates) {
        if (host == candidate.id) {
            return true;
        }
    }
    return !host.has_value();
}

bool is_without_life(const CandidateHost& host) {
    return !host.domain || *host.domain == inventory::DomainState::shutoff;
}

bool spoke_or_is_off(const Case& c, const CandidateHost& host) {
    const bool spoke = host.answered && is_recent(host.answer_asked_at, c, c.policy.freshness);
    return spoke || host.proven_off;
}

template <class List, class Claim>
bool each(const List& list, const Claim& claim) {
    for (const auto& item : list) {
        if (!claim(item)) {
            return false;
        }
    }
    return true;
}

ScopePolicy scope_of_stop_sync(const Case& c) {
    const auto remedy = stop_sync_policy(c);
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

bool is_lifted(const Case& c, std::string_view guard) {
    return !each(c.world.operators->lifts, [&](const Lift& lift) {
        return lift.guard != guard || lift.action_id != c.action.id || lift.word.at > c.world.now ||
               lift.until <= c.world.now;
    });
}

bool is_approved(const Case& c) {
    std::uint32_t begun = 0;
    for (const auto& attempt : c.world.attempts) {
        begun += attempt.action_id == c.action.id ? 1U : 0U;
    }
    return c.world.operators && !each(c.world.operators->approvals, [&](const Approval& approval) {
               return approval.action_id != c.action.id || approval.attempt_number != begun + 1 ||
                      approval.word.at > c.world.now || approval.expires_at <= c.world.now;
           });
}

bool spares(const Case& c, const Pause& pause) {
    const auto& place = c.world.operators->whereabouts;
    const auto is_another = [&](const std::optional<std::string>& name) {
        return name && *name != pause.subject;
    };
    if (pause.ended || pause.until <= c.world.now) {
        return true;
    }
    if (pause.scope == PauseScope::zone || pause.scope == PauseScope::cluster) {
        return is_another(pause.scope == PauseScope::zone ? place.zone : place.cluster);
    }
    if (pause.scope == PauseScope::host) {
        return !place.hosts.empty() &&
               each(place.hosts, [&](const auto& host) { return host != pause.subject; });
    }
    if (pause.scope == PauseScope::account) {
        return place.account && place.domain_path && pause.subject != *place.account &&
               pause.subject != *place.domain_path + *place.account;
    }
    return (pause.scope == PauseScope::remedy && pause.subject != "stop_sync") ||
           (pause.scope == PauseScope::vm && pause.subject != c.action.vm_uuid);
}

bool is_at_liberty(const Case& c) {
    const auto& silences = c.world.operators->silences;
    const bool heard = !silences.configured || (silences.covering.empty() &&
                                                is_recent(silences.read_at, c, c.policy.silences_freshness));
    return heard && each(c.world.operators->pauses, [&c](const Pause& pause) { return spares(c, pause); });
}

/// By the minutes of the week, where the guard goes by openings.
bool is_in_window(const Case& c) {
    const auto& windows = stop_sync_policy(c).windows;
    return windows.empty() || !each(windows, [&c](const Window& window) {
               const auto there = c.world.now + window.offset;
               const auto midnight = std::chrono::floor<std::chrono::days>(there);
               const auto today = std::chrono::weekday{midnight}.c_encoding();
               const auto clock = there - midnight;
               const bool began_today = window.days.at(today) && window.from <= clock && clock < window.to;
               const bool began_yesterday = window.days.at((today + 6) % 7) && clock + 24h < window.to;
               return !began_today && !began_yesterday;
           });
}

/// Any action that has so many others at and before it within the period, none of them acknowledged.
bool flaps(const Case& c) {
    std::map<std::uint64_t, inventory::Time> others;
    for (const auto& attempt : c.world.attempts) {
        const auto& seen = c.world.operators->acknowledgement;
        const bool is_seen = seen && seen->word.at <= c.world.now && attempt.intent_at <= seen->word.at;
        if (attempt.action_id != c.action.id && attempt.outcome != AttemptOutcome::not_sent && !is_seen) {
            others[attempt.action_id] = std::max(others[attempt.action_id], attempt.intent_at);
        }
    }
    return !each(others, [&](const auto& last) {
        std::uint32_t within = 0;
        for (const auto& [id, at] : others) {
            within += at <= last.second && at + stop_sync_policy(c).flapping.within > last.second ? 1U : 0U;
        }
        return within < stop_sync_policy(c).flapping.actions;
    });
}

struct Law {
    std::string_view name;
    std::function<bool(const Case&)> holds;
};

/// In this order: the later ones rest on the earlier ones.
const std::vector<Law> laws{
    {"the operator allows it",
     [](const Case& c) {
         return c.policy.remedies.contains(Remedy::stop_sync) &&
                (stop_sync_policy(c).mode == Mode::automatic ||
                 (stop_sync_policy(c).mode == Mode::approve && is_approved(c)));
     }},
    {"nobody has paused or silenced it, or somebody has said that it may act all the same",
     [](const Case& c) { return c.world.operators && (is_at_liberty(c) || is_lifted(c, "pause")); }},
    {"it is the hour for it", [](const Case& c) { return is_in_window(c) || is_lifted(c, "window"); }},
    {"one row, which carries the alert's uuid",
     [](const Case& c) {
         return c.world.rows.size() == 1 && row(c).uuid == c.action.vm_uuid && !row(c).uuid.empty() &&
                !row(c).instance_name.empty();
     }},
    {"in the part of the cloud that Warden was given",
     [](const Case& c) {
         const auto scope = scope_of_stop_sync(c);
         return c.world.scope && is_named(scope.zones, words_for(c.world.scope->zone)) &&
                is_named(scope.clusters, words_for(c.world.scope->cluster)) &&
                is_named(scope.accounts, words_for_account(row(c)));
     }},
    {"and not opted out by its owner",
     [](const Case& c) {
         return c.policy.opt_out.key.empty() || (c.world.scope->opt_out_values && !opts_out(c));
     }},
    {"while its neighbours live, and have for long",
     [](const Case& c) {
         const auto& storm = c.policy.storm;
         return is_lifted(c, "storm") ||
                (has_known_neighbours(c) && is_recent(c.world.fleet->counted_at, c, c.policy.freshness) &&
                 is_calm(c.world.fleet->host, storm.host, c) &&
                 is_calm(c.world.fleet->cluster, storm.cluster, c) &&
                 is_calm(c.world.fleet->zone, storm.zone, c) && is_long_ago(c.world.fleet->watched_since, c));
     }},
    {"with few of them under repair",
     [](const Case& c) {
         const auto& limits = c.policy.concurrency;
         return has_known_neighbours(c) && has_room(c.world.fleet->host, limits.host) &&
                has_room(c.world.fleet->cluster, limits.cluster) &&
                has_room(c.world.fleet->zone, limits.zone) && c.world.fleet->under_way + 1 <= limits.all;
     }},
    {"a user VM without HA, recorded Running",
     [](const Case& c) {
         return row(c).type == "User" && !row(c).ha_enabled && row(c).state == inventory::VmState::running;
     }},
    {"judged dead, and seen alive nowhere",
     [](const Case& c) {
         return c.world.verdict && c.world.verdict->kind == inventory::DriftKind::stopped_out_of_band &&
                c.world.verdict->alive_on.empty() && each(c.world.candidates, is_without_life);
     }},
    {"for as long as CloudStack's grace and ours",
     [](const Case& c) {
         if (!c.world.ping_interval || *c.world.ping_interval <= 0s || !c.world.drift_since) {
             return false;
         }
         const auto intervals = static_cast<long double>(stop_sync_policy(c).grace_ping_intervals) + 2.0L;
         const auto required = intervals * static_cast<long double>(c.world.ping_interval->count()) * 1e6L;
         return static_cast<long double>((c.world.now - *c.world.drift_since).count()) >= required;
     }},
    {"by the database and every host that could hold it, just now",
     [](const Case& c) {
         return c.world.database_up && is_recent(c.world.records_read_at, c, c.policy.freshness) &&
                !c.world.candidates.empty() && was_asked(c, row(c).host) && was_asked(c, row(c).last_host) &&
                was_asked(c, row(c).power_host) &&
                each(c.world.candidates, [&c](const auto& host) { return spoke_or_is_off(c, host); });
     }},
    {"CloudStack has nothing to do on it",
     [](const Case& c) {
         return c.world.jobs && c.world.jobs->empty() && c.world.ha_work && c.world.ha_work->empty();
     }},
    {"on a host that is Up",
     [](const Case& c) {
         return c.world.host && row(c).host == c.world.host->id && c.world.host->status == "Up";
     }},
    {"whose management server lives",
     [](const Case& c) {
         const auto& manager = c.world.manager;
         return manager && c.world.host->management_server == manager->msid && manager->state == "Up" &&
                manager->last_update && *manager->last_update - 1s <= c.world.now &&
                c.world.now - *manager->last_update <= c.policy.heartbeat;
     }},
    {"unchanged since it was judged",
     [](const Case& c) { return !c.world.fresh || c.world.judged_update_count == row(c).update_count; }},
    {"with an attempt left, the back-off over, and no flapping that nobody has seen",
     [](const Case& c) {
         std::uint32_t recent = 0;
         bool resting = false;
         for (const auto& attempt : c.world.attempts) {
             if (attempt.command != Command::stop_vm) {
                 continue;
             }
             recent += attempt.intent_at + stop_sync_policy(c).attempts_period > c.world.now ? 1U : 0U;
             const auto last = attempt.ended_at ? *attempt.ended_at : attempt.intent_at;
             resting = resting || last + stop_sync_policy(c).back_off > c.world.now;
         }
         return (recent < stop_sync_policy(c).attempts && !resting && !flaps(c)) || is_lifted(c, "attempts");
     }},
    {"and nothing of ours still at work on it",
     [](const Case& c) {
         return c.world.others_under_way.empty() && each(c.world.attempts, [&c](const Attempt& attempt) {
                    return attempt.outcome &&
                           (*attempt.outcome == AttemptOutcome::not_sent || attempt.accepted ||
                            attempt.expires_at <= c.world.now - c.policy.heartbeat);
                });
     }},
};

std::string_view first_broken_law(const Case& c) {
    for (const auto& law : laws) {
        if (!law.holds(c)) {
            return law.name;
        }
    }
    return {};
}

constexpr std::uint64_t runs_in_dev = 40'000;

TEST(DecideProperty, acts_exactly_when_every_law_holds) {
    const auto seed = support::first_seed();
    const auto runs = support::property_runs(runs_in_dev);
    std::uint64_t acted = 0;
    for (auto world = seed; world < seed + runs; ++world) {
        Dice dice{world};
        const auto c = support::random_case(dice);
        const auto decision = decide(c.action, c.world, c.policy);
        const auto broken = first_broken_law(c);
        ASSERT_EQ(decision.acts(), broken.empty())
            << "WARDEN_PROPERTY_SEED=" << world << " WARDEN_PROPERTY_RUNS=1, law: " << broken;
        acted += decision.acts() ? 1U : 0U;
    }
    if (runs >= 1000) {
        EXPECT_GT(acted, runs / 20) << "too few worlds act for the property to say something";
        EXPECT_LT(acted, runs / 2) << "too few worlds hold";
    }
}

TEST(DecideProperty, every_guard_is_heard_and_each_refusal_explains_itself) {
    const auto seed = support::first_seed();
    for (auto world = seed; world < seed + support::property_runs(runs_in_dev) / 4 + 1; ++world) {
        Dice dice{world};
        const auto c = support::random_case(dice);
        const auto decision = decide(c.action, c.world, c.policy);
        ASSERT_EQ(decision.verdicts.size(), support::guards_asked_for(c.action.remedy).size());
        for (const auto& verdict : decision.verdicts) {
            ASSERT_TRUE(!verdict.refusal ||
                        (!verdict.refusal->sentence.empty() && !verdict.refusal->lifted_by.empty()))
                << verdict.guard << " WARDEN_PROPERTY_SEED=" << world;
        }
        ASSERT_EQ(decision, decide(c.action, c.world, c.policy)) << "the same facts, another decision";
    }
}

/// Takes one fact away. What is unknown is never good news.
using Loss = void (*)(World&);

const std::vector<Loss> losses{
    [](World& world) { world.rows.clear(); },
    [](World& world) { world.verdict.reset(); },
    [](World& world) { world.operators.reset(); },
    [](World& world) { world.drift_since.reset(); },
    [](World& world) { world.host.reset(); },
    [](World& world) { world.manager.reset(); },
    [](World& world) { world.candidates.clear(); },
    [](World& world) { world.ping_interval.reset(); },
    [](World& world) { world.jobs.reset(); },
    [](World& world) { world.ha_work.reset(); },
    [](World& world) { world.records_read_at.reset(); },
    [](World& world) { world.fleet.reset(); },
    [](World& world) {
        if (world.fleet) {
            world.fleet->watched_since.reset();
        }
    },
    [](World& world) {
        if (world.fleet) {
            world.fleet->zone.reset();
        }
    },
    [](World& world) { world.scope.reset(); },
    [](World& world) { world.database_up = false; },
    [](World& world) {
        world.fresh = true;
        world.judged_update_count.reset();
    },
    [](World& world) {
        if (world.manager) {
            world.manager->last_update.reset();
        }
    },
};

TEST(DecideProperty, nothing_is_done_when_any_fact_is_unknown) {
    const auto seed = support::first_seed();
    for (auto number = seed; number < seed + support::property_runs(runs_in_dev) / 4 + 1; ++number) {
        Dice dice{number};
        auto c = support::random_case(dice);
        if (c.world.operators) {
            // Whoever lifts a guard answers for what it does not know.
            c.world.operators->lifts.clear();
        }
        dice.any(losses)(c.world);
        ASSERT_FALSE(decide(c.action, c.world, c.policy).acts()) << "WARDEN_PROPERTY_SEED=" << number;
    }
}

}  // namespace
}  // namespace controller::decision
