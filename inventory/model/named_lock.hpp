#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/support/time.hpp"

namespace inventory {

/// A session that has a named lock, or waits for it.
struct NamedLockSession {
    std::uint64_t thread = 0;  ///< for KILL
    std::string user;
    std::string host;
    std::optional<Duration>
        in_state;  ///< of a waiter: how long it has waited; of a holder: its statement's age

    bool operator==(const NamedLockSession&) const = default;
};

/// One lock taken with GET_LOCK, by which CloudStack's management servers keep each other out.
struct NamedLock {
    std::string name;  ///< empty: the waiters' statement did not show which one
    std::optional<NamedLockSession> holder;
    std::vector<NamedLockSession> waiters;

    bool operator==(const NamedLock&) const = default;
};

/// The named locks that somebody waits for; with their holders, and those that nobody waits for, where the
/// server tells who holds what.
struct NamedLocks {
    std::vector<NamedLock> locks;  ///< by name
    bool are_holders_known = false;

    bool operator==(const NamedLocks&) const = default;
};

}  // namespace inventory
