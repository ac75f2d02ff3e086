#include "tests/controller/decision/laws.hpp"

#include <functional>
#include <string>
#include <vector>

#include "tests/controller/decision/laws_of_operators.hpp"
#include "tests/controller/decision/laws_of_the_fleet.hpp"
#include "tests/controller/decision/laws_words.hpp"

namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;

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

bool lives(const inventory::ManagementServer& manager, const Case& c) {
    return manager.state == "Up" && manager.last_update && *manager.last_update - 1s <= c.world.now &&
           c.world.now - *manager.last_update <= c.policy.heartbeat;
}

/// As long as CloudStack's grace and ours, since `at`.
bool grace_is_over(const Case& c, std::optional<inventory::Time> at) {
    if (!c.world.ping_interval || *c.world.ping_interval <= 0s || !at) {
        return false;
    }
    const auto intervals = static_cast<long double>(allowed(c).grace_ping_intervals) + 2.0L;
    const auto required = intervals * static_cast<long double>(c.world.ping_interval->count()) * 1e6L;
    return static_cast<long double>((c.world.now - *at).count()) >= required;
}

bool made_by_us(const Case& c, const inventory::VmRequest& request) {
    return !each(c.world.attempts, [&](const Attempt& attempt) {
        return !attempt.accepted || !attempt.job_id || *attempt.job_id != request.job_id;
    });
}

bool begins(const std::string& text, const char* with) {
    return text.rfind(with, 0) == 0;
}

/// The last that was said about its power, by whomever but us, is not "off".
bool nobody_wants_it_off(const Case& c) {
    const auto& asked = c.world.past->requests;
    for (auto latest = asked.rbegin(); latest != asked.rend(); ++latest) {
        if (begins(latest->command, "StartVM")) {
            return true;
        }
        const bool ends_it = begins(latest->command, "StopVM") || begins(latest->command, "DestroyVM") ||
                             begins(latest->command, "ExpungeVM");
        if (ends_it && !made_by_us(c, *latest)) {
            return false;
        }
    }
    return true;
}

/// Our newest stop of this action that came true is remembered, and all that was asked later was ours.
bool nobody_came_after_our_stop(const Case& c) {
    const Attempt* stop = nullptr;
    for (const auto& attempt : c.world.attempts) {
        if (attempt.action_id == c.action.id && attempt.command == Command::stop_vm &&
            attempt.outcome == AttemptOutcome::succeeded) {
            stop = &attempt;
        }
    }
    bool remembered = false;
    for (const auto& request : c.world.past->requests) {
        if (remembered && !made_by_us(c, request)) {
            return false;
        }
        remembered = remembered ||
                     (stop != nullptr && stop->accepted && stop->job_id && *stop->job_id == request.job_id);
    }
    return remembered;
}

struct Law {
    std::string_view name;
    std::function<bool(const Case&)> holds;
};

/// In this order: the later ones rest on the earlier ones.
const std::vector<Law> laws{
    {"the operator allows it",
     [](const Case& c) {
         return c.policy.remedies.contains(c.action.remedy) &&
                (allowed(c).mode == Mode::automatic || (allowed(c).mode == Mode::approve && is_approved(c)));
     }},
    {"nobody has paused or silenced it, or somebody has said that it may act all the same",
     [](const Case& c) { return c.world.operators && (is_at_liberty(c) || is_lifted(c, "pause")); }},
    {"it is the hour for it", [](const Case& c) { return is_in_window(c) || is_lifted(c, "window"); }},
    {"one row, which carries the alert's uuid",
     [](const Case& c) {
         return c.world.rows.size() == 1 && row(c).uuid == c.action.vm_uuid && !row(c).uuid.empty() &&
                !row(c).instance_name.empty();
     }},
    {"in the part of the cloud that Warden was given", is_in_scope},
    {"and not opted out by its owner", is_left_in},
    {"while its neighbours live, and have for long",
     [](const Case& c) { return is_calm_around(c) || is_lifted(c, "storm"); }},
    {"with few of them under repair", has_room_for_one_more},
    {"a user VM, with HA where it is to be restarted and without where it is not",
     [](const Case& c) { return row(c).type == "User" && row(c).ha_enabled == restarts(c); }},
    {"recorded Running, or Stopped where we have stopped it",
     [](const Case& c) {
         return row(c).state ==
                (is_after_our_stop(c) ? inventory::VmState::stopped : inventory::VmState::running);
     }},
    {"judged dead, or rightly off where we have stopped it, and seen alive nowhere",
     [](const Case& c) {
         return c.world.verdict &&
                c.world.verdict->kind == (is_after_our_stop(c) ? inventory::DriftKind::none
                                                               : inventory::DriftKind::stopped_out_of_band) &&
                c.world.verdict->alive_on.empty() && each(c.world.candidates, is_without_life);
     }},
    {"for as long as CloudStack's grace and ours, before anything is done",
     [](const Case& c) { return is_after_our_stop(c) || grace_is_over(c, c.world.drift_since); }},
    {"by the database and every host that could hold it, just now",
     [](const Case& c) {
         return c.world.database_up && is_recent(c.world.records_read_at, c, c.policy.freshness) &&
                !c.world.candidates.empty() && was_asked(c, row(c).host) && was_asked(c, row(c).last_host) &&
                was_asked(c, row(c).power_host) &&
                each(c.world.candidates, [&c](const auto& host) { return spoke_or_is_off(c, host); });
     }},
    {"CloudStack has nothing to do on it",
     [](const Case& c) {
         return c.world.jobs && c.world.jobs->empty() && c.world.ha_work && c.world.ha_work->empty() &&
                c.world.ping_interval;
     }},
    {"on a host that is Up, where a stop is all",
     [](const Case& c) {
         return restarts(c) ||
                (c.world.host && row(c).host == c.world.host->id && c.world.host->status == "Up");
     }},
    {"whose management server lives, or any where the host may be dead",
     [](const Case& c) {
         if (restarts(c)) {
             return c.world.managers &&
                    !each(*c.world.managers, [&c](const auto& manager) { return !lives(manager, c); });
         }
         const auto& manager = c.world.manager;
         return manager && c.world.host->management_server == manager->msid && lives(*manager, c);
     }},
    {"which nobody wanted off",
     [](const Case& c) { return !restarts(c) || (c.world.past && nobody_wants_it_off(c)); }},
    {"and nobody else has taken over while it is down by our hand",
     [](const Case& c) { return !is_after_our_stop(c) || nobody_came_after_our_stop(c); }},
    {"unchanged since it was judged",
     [](const Case& c) { return !c.world.fresh || c.world.judged_update_count == row(c).update_count; }},
    {"with an attempt left, the back-off over, and no flapping that nobody has seen",
     [](const Case& c) {
         std::uint32_t recent = 0;
         bool resting = false;
         for (const auto& attempt : c.world.attempts) {
             if (attempt.command == next_call(c)) {
                 recent += attempt.intent_at + allowed(c).attempts_period > c.world.now ? 1U : 0U;
                 const auto last = attempt.ended_at ? *attempt.ended_at : attempt.intent_at;
                 resting = resting || last + allowed(c).back_off > c.world.now;
             }
         }
         return (recent < allowed(c).attempts && !resting && !flaps(c)) || is_lifted(c, "attempts");
     }},
    {"by the one controller whose lease has time left",
     [](const Case& c) {
         return c.world.leadership && c.world.leadership->left && c.world.leadership->left->count() > 0;
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

}  // namespace

std::string_view first_broken_law(const Case& c) {
    for (const auto& law : laws) {
        if (!law.holds(c)) {
            return law.name;
        }
    }
    return {};
}

}  // namespace controller::decision
