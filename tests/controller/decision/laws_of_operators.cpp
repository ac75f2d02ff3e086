#include "tests/controller/decision/laws_of_operators.hpp"

#include <map>

#include "tests/controller/decision/laws_words.hpp"

namespace controller::decision {

using namespace std::chrono_literals;
using support::Case;

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

namespace {

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
    return (pause.scope == PauseScope::remedy && pause.subject != to_word(c.action.remedy)) ||
           (pause.scope == PauseScope::vm && pause.subject != c.action.vm_uuid);
}

}  // namespace

bool is_at_liberty(const Case& c) {
    const auto& silences = c.world.operators->silences;
    const bool heard = !silences.configured || (silences.covering.empty() &&
                                                is_recent(silences.read_at, c, c.policy.silences_freshness));
    return heard && each(c.world.operators->pauses, [&c](const Pause& pause) { return spares(c, pause); });
}

/// By the minutes of the week, where the guard goes by openings.
bool is_in_window(const Case& c) {
    const auto& windows = allowed(c).windows;
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
            within += at <= last.second && at + allowed(c).flapping.within > last.second ? 1U : 0U;
        }
        return within < allowed(c).flapping.actions;
    });
}

}  // namespace controller::decision
