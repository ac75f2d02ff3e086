#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

// Over random readings of a database server in which anything may be missing: what is unknown about locks is
// neither 0 nor a known state, and what is known is there.

namespace {

using inventory::Duration;
using inventory::SessionState;
using Random = std::mt19937_64;

std::uint64_t upto(Random& random, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(0, most)(random);
}

template <class Value>
std::optional<Value> maybe(Random& random, Value value) {
    return upto(random, 1) == 1 ? std::optional<Value>(value) : std::nullopt;
}

inventory::InnodbLocks random_locks(Random& random) {
    inventory::InnodbLocks locks;
    const auto count = upto(random, 6);
    for (std::uint64_t id = 1; id <= count; ++id) {
        const auto age = maybe<Duration>(random, lock_facts::seconds{1 + upto(random, 90)});
        if (upto(random, 1) == 0) {
            locks.transactions.push_back(lock_facts::root(id, SessionState::unknown, age));
            continue;
        }
        locks.transactions.push_back(lock_facts::waiter(id, upto(random, count + 1), "vm_instance", age));
        locks.transactions.back().wait->is_of_cloud = upto(random, 1) == 1;
    }
    return locks;
}

inventory::Snapshot random_snapshot(std::uint64_t seed) {
    Random random(seed);
    support::SnapshotBuilder builder;
    if (upto(random, 3) != 0) {
        builder.health().innodb_locks = lock_facts::found(random_locks(random));
    }
    if (upto(random, 3) != 0) {
        inventory::InnodbCounters counters;
        counters.row_lock_waits = maybe<std::uint64_t>(random, 0);
        counters.row_lock_time = maybe<Duration>(random, lock_facts::seconds{0});
        counters.lock_timeouts = maybe<std::uint64_t>(random, 0);
        counters.deadlocks = maybe<std::uint64_t>(random, 0);
        counters.lock_wait_timeout = maybe<Duration>(random, lock_facts::seconds{50});
        builder.health().innodb_counters = lock_facts::found(counters);
    }
    if (upto(random, 3) != 0) {
        inventory::NamedLocks named;
        named.locks.resize(upto(random, 1));
        builder.health().named_locks = lock_facts::found(named);
    }
    return builder.build();
}

/// The values of the family's samples, each after its labels.
std::vector<double> values_of(const exporter::Family& family, const inventory::Snapshot& snapshot) {
    std::istringstream lines(samples_of(family, snapshot));
    std::vector<double> values;
    for (std::string line; std::getline(lines, line);) {
        values.push_back(std::stod(line.substr(line.rfind(' '))));
    }
    return values;
}

bool is_shown(const exporter::Family& family, const inventory::Snapshot& snapshot) {
    return !values_of(family, snapshot).empty();
}

void expect_locks_known(const inventory::Snapshot& snapshot) {
    namespace families = exporter::families;
    const auto& found = snapshot.health.innodb_locks;
    long waiting = 0;
    long dated = 0;
    long aged = 0;
    for (const auto& transaction :
         found ? found->value.transactions : inventory::InnodbLocks{}.transactions) {
        waiting += transaction.wait ? 1 : 0;
        dated += transaction.wait && transaction.wait->lasted ? 1 : 0;
        aged += transaction.age ? 1 : 0;
    }
    const auto waits = values_of(families::innodb_lock_waits, snapshot);
    EXPECT_EQ(std::accumulate(waits.begin(), waits.end(), 0.0), waiting);
    EXPECT_EQ(is_shown(families::innodb_lock_wait_oldest_seconds, snapshot), dated > 0);
    EXPECT_EQ(is_shown(families::innodb_transactions_oldest_seconds, snapshot), aged > 0);
    for (const auto* family : {&families::innodb_lock_waits, &families::innodb_lock_wait_oldest_seconds,
                               &families::innodb_lock_blockers, &families::innodb_lock_blocker_oldest_seconds,
                               &families::innodb_transactions_oldest_seconds}) {
        const auto values = values_of(*family, snapshot);
        EXPECT_EQ(std::count(values.begin(), values.end(), 0.0), 0) << family->name;
        EXPECT_LE(values.size(), waiting > 0 ? 4U : 1U) << family->name;
    }
}

void expect_counters_known(const inventory::Snapshot& snapshot) {
    namespace families = exporter::families;
    const auto& found = snapshot.health.innodb_counters;
    const auto counters = found ? found->value : inventory::InnodbCounters{};
    EXPECT_EQ(is_shown(families::innodb_row_lock_waits_total, snapshot), counters.row_lock_waits.has_value());
    EXPECT_EQ(is_shown(families::innodb_row_lock_time_seconds_total, snapshot),
              counters.row_lock_time.has_value());
    EXPECT_EQ(is_shown(families::innodb_lock_timeouts_total, snapshot), counters.lock_timeouts.has_value());
    EXPECT_EQ(is_shown(families::innodb_deadlocks_total, snapshot), counters.deadlocks.has_value());
    EXPECT_EQ(is_shown(families::innodb_lock_wait_timeout_seconds, snapshot),
              counters.lock_wait_timeout.has_value());
    EXPECT_FALSE(is_shown(families::named_lock_waiters, snapshot)) << "no lock has a waiter here";
}

std::uint64_t runs() {
    constexpr std::uint64_t usual = 2000;
    const char* wanted = std::getenv("WARDEN_PROPERTY_RUNS");  // NOLINT(concurrency-mt-unsafe): one thread
    return wanted == nullptr ? usual : std::strtoull(wanted, nullptr, 10);
}

TEST(UnknownLocksProperty, what_is_unknown_is_absent_and_what_is_known_is_there) {
    for (std::uint64_t seed = 1; seed <= runs() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto snapshot = random_snapshot(seed);
        expect_locks_known(snapshot);
        expect_counters_known(snapshot);
    }
}

}  // namespace
