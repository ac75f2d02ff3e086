#pragma once

#include <chrono>
#include <memory>
#include <utility>

#include "tests/exporter/families/text_of.hpp"

/// Snapshots of a database server on which sessions wait for each other.
namespace lock_facts {

using inventory::InnodbCounters;
using inventory::InnodbLocks;
using inventory::InnodbTransaction;
using inventory::SessionState;
using std::chrono::seconds;

template <class T>
inventory::Finding<T> found(T value) {
    return std::make_shared<const inventory::Dated<T>>(inventory::Dated<T>{support::now, std::move(value)});
}

inline inventory::Snapshot with(InnodbLocks locks) {
    support::SnapshotBuilder builder;
    builder.health().innodb_locks = found(std::move(locks));
    return builder.build();
}

inline inventory::Snapshot with(InnodbCounters counters) {
    support::SnapshotBuilder builder;
    builder.health().innodb_counters = found(counters);
    return builder.build();
}

inline InnodbTransaction root(std::uint64_t id, SessionState state, std::optional<inventory::Duration> age) {
    InnodbTransaction transaction;
    transaction.id = inventory::TransactionId{id};
    transaction.thread = 100 + id;
    transaction.state = state;
    transaction.age = age;
    return transaction;
}

/// Waits for the row with this key in a table of CloudStack's.
inline InnodbTransaction waiter(std::uint64_t id, std::uint64_t blocker, std::string table,
                                std::optional<inventory::Duration> lasted) {
    auto transaction = root(id, SessionState::waiting, lasted);
    transaction.wait.emplace();
    transaction.wait->schema = "cloud";
    transaction.wait->table = std::move(table);
    transaction.wait->is_of_cloud = true;
    transaction.wait->index = "PRIMARY";
    transaction.wait->mode = "X";
    transaction.wait->key = "204";
    transaction.wait->lasted = lasted;
    transaction.wait->blockers = {inventory::TransactionId{blocker}};
    return transaction;
}

/// An idle transaction of 90 s that holds a row of op_networks; one waits for it and holds a row of
/// vm_instance, for which two wait; and a runner of 5 s who holds a row of a table that is not CloudStack's.
inline InnodbLocks two_chains() {
    auto stranger = waiter(6, 5, "accounts", seconds{4});
    stranger.wait->schema = "billing";
    stranger.wait->is_of_cloud = false;
    return {{root(1, SessionState::idle_in_transaction, seconds{90}),
             waiter(2, 1, "op_networks", seconds{40}), waiter(3, 2, "vm_instance", seconds{30}),
             waiter(4, 2, "vm_instance", std::chrono::milliseconds{1500}),
             root(5, SessionState::running, seconds{5}), std::move(stranger)}};
}

}  // namespace lock_facts
