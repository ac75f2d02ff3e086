#include <nlohmann/json.hpp>

#include "exporter/locks_page.hpp"
#include "inventory/model/lock_chain.hpp"

namespace exporter {
namespace {

using nlohmann::ordered_json;

ordered_json seconds(const std::optional<inventory::Duration>& duration) {
    return duration ? ordered_json(inventory::to_seconds(*duration)) : ordered_json(nullptr);
}

ordered_json json_of(const inventory::LockWait& wait) {
    return {{"schema", wait.schema}, {"table", wait.table}, {"index", wait.index},
            {"mode", wait.mode},     {"key", wait.key},     {"seconds", seconds(wait.lasted)}};
}

ordered_json json_of(const inventory::InnodbTransaction& transaction) {
    ordered_json json{{"transaction", transaction.id.value},
                      {"thread", transaction.thread},
                      {"user", transaction.user},
                      {"host", transaction.host},
                      {"state", inventory::to_word(transaction.state)},
                      {"state_seconds", seconds(transaction.in_state)},
                      {"age_seconds", seconds(transaction.age)},
                      {"statement", transaction.statement}};
    if (transaction.wait) {
        json["waits_for"] = json_of(*transaction.wait);
    }
    return json;
}

ordered_json json_of(const inventory::InnodbLocks& locks, const inventory::LockChain& chain) {
    ordered_json json{{"depth", chain.depth()},
                      {"deadlock", chain.is_deadlock},
                      {"root", json_of(locks.transactions[chain.root])},
                      {"waiters", ordered_json::array()}};
    for (const auto& link : chain.waiters) {
        auto waiter = json_of(locks.transactions[link.index]);
        waiter["depth"] = link.depth;
        json["waiters"].push_back(std::move(waiter));
    }
    return json;
}

ordered_json json_of(const inventory::Dated<inventory::InnodbLocks>& found) {
    const auto& locks = found.value;
    const auto walk = inventory::lock_chains(locks);
    ordered_json json{{"read_at", inventory::to_rfc3339(found.read_at)},
                      {"open_transactions", locks.transactions.size()},
                      {"chains", ordered_json::array()},
                      {"unattributed", ordered_json::array()}};
    for (const auto& chain : walk.chains) {
        json["chains"].push_back(json_of(locks, chain));
    }
    for (const auto index : walk.unattributed) {
        json["unattributed"].push_back(json_of(locks.transactions[index]));
    }
    return json;
}

ordered_json json_of(const inventory::NamedLockSession& session) {
    return {{"thread", session.thread},
            {"user", session.user},
            {"host", session.host},
            {"state_seconds", seconds(session.in_state)}};
}

ordered_json json_of(const inventory::Dated<inventory::NamedLocks>& found) {
    ordered_json json{{"read_at", inventory::to_rfc3339(found.read_at)},
                      {"holders_known", found.value.are_holders_known},
                      {"locks", ordered_json::array()}};
    for (const auto& lock : found.value.locks) {
        ordered_json entry{{"name", lock.name},
                           {"holder", lock.holder ? json_of(*lock.holder) : ordered_json(nullptr)},
                           {"waiters", ordered_json::array()}};
        for (const auto& waiter : lock.waiters) {
            entry["waiters"].push_back(json_of(waiter));
        }
        json["locks"].push_back(std::move(entry));
    }
    return json;
}

template <class T>
ordered_json json_or_null(const inventory::Finding<T>& finding) {
    return finding ? json_of(*finding) : ordered_json(nullptr);
}

}  // namespace

std::string locks_as_json(const inventory::Snapshot& snapshot) {
    const ordered_json json{{"innodb", json_or_null(snapshot.health.innodb_locks)},
                            {"named_locks", json_or_null(snapshot.health.named_locks)}};
    return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace exporter
