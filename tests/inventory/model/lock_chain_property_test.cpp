#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "inventory/model/lock_chain.hpp"

// Over random graphs of waits, with rings, with waits for oneself and for transactions that are not listed:
// the walk ends, and every wait is told of, truly.

namespace inventory {
namespace {

using Random = std::mt19937_64;

std::uint64_t upto(Random& random, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(0, most)(random);
}

InnodbLocks random_locks(std::uint64_t seed) {
    Random random(seed);
    InnodbLocks locks;
    const auto count = upto(random, 12);
    const auto most_blockers = upto(random, 3);
    for (std::uint64_t id = 0; id < count; ++id) {
        InnodbTransaction transaction;
        transaction.id = TransactionId{id};
        transaction.age = std::chrono::seconds{upto(random, 100)};
        if (upto(random, 2) != 0) {
            transaction.wait.emplace();
            for (auto left = upto(random, most_blockers); left > 0; --left) {
                transaction.wait->blockers.push_back(TransactionId{upto(random, count + 2)});
            }
        }
        locks.transactions.push_back(std::move(transaction));
    }
    return locks;
}

/// The ids equal the indices, so this is the whole truth about one step; ids beyond the list are gone.
bool waits_for(const InnodbLocks& locks, std::size_t waiter, std::size_t blocker) {
    const auto& wait = locks.transactions[waiter].wait;
    return wait && waiter != blocker &&
           std::count(wait->blockers.begin(), wait->blockers.end(), TransactionId{blocker}) > 0;
}

/// A link is true when it waits for one that stands a step nearer to the root.
bool is_held_up(const InnodbLocks& locks, const LockChain& chain, const ChainLink& link) {
    if (link.depth == 1) {
        return waits_for(locks, link.index, chain.root);
    }
    return std::any_of(chain.waiters.begin(), chain.waiters.end(), [&](const ChainLink& nearer) {
        return nearer.depth + 1 == link.depth && waits_for(locks, link.index, nearer.index);
    });
}

void expect_true(const InnodbLocks& locks, const LockChain& chain) {
    EXPECT_FALSE(chain.waiters.empty());
    EXPECT_EQ(locks.transactions[chain.root].wait.has_value(), chain.is_deadlock);
    std::set<std::size_t> members{chain.root};
    for (const auto& link : chain.waiters) {
        EXPECT_TRUE(members.insert(link.index).second) << "twice in one chain: " << link.index;
        EXPECT_TRUE(is_held_up(locks, chain, link)) << link.index << " at depth " << link.depth;
    }
    for (std::size_t i = 0; i < locks.transactions.size(); ++i) {
        for (const auto member : members) {
            EXPECT_TRUE(!waits_for(locks, i, member) || members.contains(i)) << i << " is left out";
        }
    }
}

/// Whoever is blocked by nobody that is listed, or only by such.
bool may_be_unattributed(const InnodbLocks& locks, const std::set<std::size_t>& unattributed,
                         std::size_t index) {
    std::size_t known = 0;
    std::size_t lost = 0;
    for (std::size_t other = 0; other < locks.transactions.size(); ++other) {
        known += waits_for(locks, index, other) ? 1U : 0U;
        lost += waits_for(locks, index, other) && unattributed.contains(other) ? 1U : 0U;
    }
    return known == 0 || lost > 0;
}

void expect_told(const InnodbLocks& locks) {
    const auto found = lock_chains(locks);
    const std::set<std::size_t> unattributed(found.unattributed.begin(), found.unattributed.end());
    std::set<std::size_t> told = unattributed;
    for (const auto& chain : found.chains) {
        expect_true(locks, chain);
        told.insert(chain.root);
        for (const auto& link : chain.waiters) {
            told.insert(link.index);
            EXPECT_FALSE(unattributed.contains(link.index));
        }
    }
    for (std::size_t i = 0; i < locks.transactions.size(); ++i) {
        EXPECT_TRUE(!locks.transactions[i].wait || told.contains(i)) << "nobody tells of " << i;
    }
    for (const auto index : unattributed) {
        EXPECT_TRUE(may_be_unattributed(locks, unattributed, index)) << index;
    }
}

std::uint64_t runs() {
    constexpr std::uint64_t usual = 5000;
    const char* wanted = std::getenv("WARDEN_PROPERTY_RUNS");  // NOLINT(concurrency-mt-unsafe): one thread
    return wanted == nullptr ? usual : std::strtoull(wanted, nullptr, 10);
}

TEST(LockChainProperty, every_wait_is_told_of_and_every_chain_is_true) {
    for (std::uint64_t seed = 1; seed <= runs() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        expect_told(random_locks(seed));
    }
}

}  // namespace
}  // namespace inventory
