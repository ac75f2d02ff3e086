#include "inventory/model/lock_chain.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace inventory {
namespace {

using Index = std::size_t;

/// Who blocks whom, by index, without what is not listed.
struct WaitGraph {
    std::vector<std::vector<Index>> blockers;  ///< of a transaction
    std::vector<std::vector<Index>> blocked;   ///< by a transaction
};

using IndexOf = std::unordered_map<TransactionId, Index>;

void add_waits(WaitGraph& graph, Index waiter, const LockWait& wait, const IndexOf& index_of) {
    for (const auto id : wait.blockers) {
        if (const auto found = index_of.find(id); found != index_of.end() && found->second != waiter) {
            graph.blockers[waiter].push_back(found->second);
            graph.blocked[found->second].push_back(waiter);
        }
    }
}

WaitGraph graph_of(const std::vector<InnodbTransaction>& transactions) {
    IndexOf index_of;
    for (Index i = 0; i < transactions.size(); ++i) {
        index_of.emplace(transactions[i].id, i);
    }
    WaitGraph graph{std::vector<std::vector<Index>>(transactions.size()),
                    std::vector<std::vector<Index>>(transactions.size())};
    for (Index waiter = 0; waiter < transactions.size(); ++waiter) {
        if (const auto& wait = transactions[waiter].wait) {
            add_waits(graph, waiter, *wait, index_of);
        }
    }
    return graph;
}

/// Finds the chains in turn: first those with a free root, then, behind waits that lead nowhere, what
/// remains: rings. Only the waits that an earlier turn has not explained are left to a later one, so that
/// each turn ends.
class ChainWalk {
public:
    explicit ChainWalk(const std::vector<InnodbTransaction>& transactions)
        : transactions_(transactions),
          graph_(graph_of(transactions)),
          explained_(transactions.size(), false),
          chained_(transactions.size(), false) {}

    LockChains walk() {
        for (Index i = 0; i < transactions_.size(); ++i) {
            if (!transactions_[i].wait && !graph_.blocked[i].empty()) {
                add_chain(i, false);
            }
        }
        for (Index i = 0; i < transactions_.size(); ++i) {
            if (transactions_[i].wait && graph_.blockers[i].empty()) {
                explain(i, waiters_of(i));
            }
        }
        for (Index i = 0; i < transactions_.size(); ++i) {
            if (transactions_[i].wait && !explained_[i]) {
                add_chain(oldest_of_ring(i), true);
            }
        }
        return sorted();
    }

private:
    static void add_unseen(const std::vector<Index>& waiters, std::size_t depth, std::vector<bool>& seen,
                           std::vector<ChainLink>& links) {
        for (const auto waiter : waiters) {
            if (!seen[waiter]) {
                seen[waiter] = true;
                links.push_back({waiter, depth});
            }
        }
    }

    /// Everybody who waits for `root`, breadth first: the nearest come first, and each once.
    std::vector<ChainLink> waiters_of(Index root) {
        std::vector<bool> seen(transactions_.size(), false);
        seen[root] = true;
        std::vector<ChainLink> links{{root, 0}};
        for (std::size_t next = 0; next < links.size(); ++next) {
            const auto link = links[next];
            add_unseen(graph_.blocked[link.index], link.depth + 1, seen, links);
        }
        links.erase(links.begin());
        return links;
    }

    void add_chain(Index root, bool is_deadlock) {
        LockChain chain{root, is_deadlock, waiters_of(root)};
        explain(root, chain.waiters);
        chained_[root] = true;
        for (const auto& link : chain.waiters) {
            chained_[link.index] = true;
        }
        found_.chains.push_back(std::move(chain));
    }

    void explain(Index first, const std::vector<ChainLink>& waiters) {
        explained_[first] = true;
        for (const auto& link : waiters) {
            explained_[link.index] = true;
        }
    }

    LockChains sorted() {
        std::stable_sort(found_.chains.begin(), found_.chains.end(),
                         [](const LockChain& left, const LockChain& right) {
                             return left.waiters.size() > right.waiters.size();
                         });
        for (Index i = 0; i < transactions_.size(); ++i) {
            if (transactions_[i].wait && !chained_[i]) {
                found_.unattributed.push_back(i);
            }
        }
        return std::move(found_);
    }

    /// All blockers of an unexplained wait are unexplained waits: who goes on from one to the next comes
    /// around.
    [[nodiscard]] Index oldest_of_ring(Index start) const {
        std::vector<bool> seen(transactions_.size(), false);
        Index at = start;
        while (!seen[at]) {
            seen[at] = true;
            at = next_in_ring(at);
        }
        Index oldest = at;
        for (Index other = next_in_ring(at); other != at; other = next_in_ring(other)) {
            if (transactions_[other].age > transactions_[oldest].age) {
                oldest = other;
            }
        }
        return oldest;
    }

    [[nodiscard]] Index next_in_ring(Index at) const { return graph_.blockers[at].front(); }

    const std::vector<InnodbTransaction>& transactions_;
    WaitGraph graph_;
    std::vector<bool> explained_;
    std::vector<bool> chained_;
    LockChains found_;
};

}  // namespace

LockChains lock_chains(const InnodbLocks& locks) {
    return ChainWalk{locks.transactions}.walk();
}

}  // namespace inventory
