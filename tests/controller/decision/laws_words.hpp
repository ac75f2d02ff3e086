#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/support/worlds.hpp"

/// What the laws are stated with.
namespace controller::decision {

template <class List, class Claim>
bool each(const List& list, const Claim& claim) {
    for (const auto& item : list) {
        if (!claim(item)) {
            return false;
        }
    }
    return true;
}

inline bool is_recent(std::optional<inventory::Time> at, const support::Case& c, inventory::Duration limit) {
    return at.has_value() && c.world.now >= *at && *at + limit >= c.world.now;
}

inline const inventory::VmRecord& row(const support::Case& c) {
    return c.world.rows.at(0);
}

inline RemedyPolicy allowed(const support::Case& c) {
    return c.policy.remedies.at(c.action.remedy);
}

inline bool restarts(const support::Case& c) {
    return c.action.remedy == Remedy::ha_restart;
}

inline bool is_after_our_stop(const support::Case& c) {
    return restarts(c) && c.action.stage == Stage::stopped;
}

inline Command next_call(const support::Case& c) {
    return is_after_our_stop(c) ? Command::start_vm : Command::stop_vm;
}

}  // namespace controller::decision
