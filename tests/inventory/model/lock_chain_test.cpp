#include "inventory/model/lock_chain.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace inventory {

// GoogleTest prints the differences with this.
void PrintTo(const ChainLink& link, std::ostream* out) {
    *out << "#" << link.index << " at depth " << link.depth;
}

namespace {

using Ids = std::vector<std::uint64_t>;

/// A transaction that waits for these; for none when there are none.
InnodbTransaction behind(std::uint64_t id, const Ids& blockers, Duration age = std::chrono::seconds{10}) {
    InnodbTransaction transaction;
    transaction.id = TransactionId{id};
    transaction.age = age;
    if (!blockers.empty()) {
        transaction.wait.emplace();
        for (const auto blocker : blockers) {
            transaction.wait->blockers.push_back(TransactionId{blocker});
        }
    }
    return transaction;
}

using Links = std::vector<ChainLink>;

TEST(LockChain, transactions_that_nobody_waits_for_are_in_no_chain) {
    const auto found = lock_chains({{behind(1, {}), behind(2, {})}});
    EXPECT_TRUE(found.chains.empty());
    EXPECT_TRUE(found.unattributed.empty());
}

TEST(LockChain, three_sessions_in_a_row_have_one_root_and_depth_two) {
    const auto found = lock_chains({{behind(31, {30}), behind(29, {}), behind(30, {29})}});
    ASSERT_EQ(found.chains.size(), 1U);
    EXPECT_EQ(found.chains[0].root, 1U);
    EXPECT_FALSE(found.chains[0].is_deadlock);
    EXPECT_EQ(found.chains[0].depth(), 2U);
    EXPECT_EQ(found.chains[0].waiters, (Links{{2, 1}, {0, 2}}));
}

TEST(LockChain, a_queue_for_one_row_waits_for_its_holder_directly) {
    const auto found =
        lock_chains({{behind(1, {}), behind(2, {1}), behind(3, {2, 1}), behind(4, {3, 2, 1})}});
    ASSERT_EQ(found.chains.size(), 1U);
    EXPECT_EQ(found.chains[0].depth(), 1U);
    EXPECT_EQ(found.chains[0].waiters.size(), 3U);
}

TEST(LockChain, a_waiter_for_two_roots_is_in_both_chains) {
    const auto found = lock_chains({{behind(1, {}), behind(2, {}), behind(3, {1, 2})}});
    ASSERT_EQ(found.chains.size(), 2U);
    EXPECT_EQ(found.chains[0].waiters, (Links{{2, 1}}));
    EXPECT_EQ(found.chains[1].waiters, (Links{{2, 1}}));
}

TEST(LockChain, the_longest_queue_comes_first) {
    const auto found =
        lock_chains({{behind(1, {}), behind(2, {1}), behind(3, {}), behind(4, {3}), behind(5, {3})}});
    ASSERT_EQ(found.chains.size(), 2U);
    EXPECT_EQ(found.chains[0].root, 2U);
}

TEST(LockChain, a_ring_is_a_deadlock_and_its_oldest_stands_for_the_root) {
    using std::chrono::seconds;
    const auto found = lock_chains({{behind(1, {2}, seconds{5}), behind(2, {3}, seconds{50}),
                                     behind(3, {1}, seconds{6}), behind(4, {1}, seconds{99})}});
    ASSERT_EQ(found.chains.size(), 1U);
    EXPECT_TRUE(found.chains[0].is_deadlock);
    EXPECT_EQ(found.chains[0].root, 1U);
    EXPECT_EQ(found.chains[0].waiters, (Links{{0, 1}, {2, 2}, {3, 2}}));
}

TEST(LockChain, a_wait_for_somebody_who_has_gone_is_attributed_to_nobody) {
    const auto found = lock_chains({{behind(1, {77}), behind(2, {1})}});
    EXPECT_TRUE(found.chains.empty());
    EXPECT_EQ(found.unattributed, (std::vector<std::size_t>{0, 1}));
}

TEST(LockChain, a_wait_for_itself_does_not_turn_for_ever) {
    const auto found = lock_chains({{behind(1, {1})}});
    EXPECT_TRUE(found.chains.empty());
    EXPECT_EQ(found.unattributed, (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace inventory
