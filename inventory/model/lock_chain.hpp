#pragma once

#include <cstddef>
#include <vector>

#include "inventory/model/lock_wait.hpp"

namespace inventory {

/// One transaction that waits, directly or behind others, for the root of its chain. `index` is that of
/// InnodbLocks::transactions.
struct ChainLink {
    std::size_t index = 0;
    std::size_t depth = 1;  ///< waits between it and the root: 1 waits for the root itself

    bool operator==(const ChainLink&) const = default;
};

/// A transaction that holds what others wait for, and all of them, the nearest first.
struct LockChain {
    std::size_t root = 0;
    bool is_deadlock =
        false;  ///< the root waits too, in a ring: nobody in it is free. It is the ring's oldest
    std::vector<ChainLink> waiters;

    [[nodiscard]] std::size_t depth() const { return waiters.empty() ? 0 : waiters.back().depth; }

    bool operator==(const LockChain&) const = default;
};

struct LockChains {
    std::vector<LockChain> chains;          ///< the one with the most waiters first
    std::vector<std::size_t> unattributed;  ///< they wait for somebody who was gone when asked about
};

/// Follows every wait to its root. A transaction that waits for two roots is in both chains. Whatever the
/// server says, also rings and transactions that it does not list, the walk ends.
LockChains lock_chains(const InnodbLocks& locks);

}  // namespace inventory
