#include <algorithm>
#include <chrono>
#include <stdexcept>

#include <gmock/gmock.h>

#include "inventory/mariadb/health_queries.hpp"
#include "inventory/model/lock_chain.hpp"
#include "tests/support/cloud_database.hpp"
#include "tests/support/waiting_session.hpp"

namespace inventory::mariadb {
namespace {

using namespace std::chrono_literals;
using test_support::becomes_so;
using test_support::CloudDatabase;
using test_support::WaitingSession;
using testing::HasSubstr;

class InnodbLocksOnARealDatabase : public testing::Test {
protected:
    InnodbLocksOnARealDatabase() {
        cloud.run("INSERT INTO sequence (name, value) VALUES ('vm_instance_seq', 1), ('networks_seq', 1)");
        cloud.run(
            "CREATE TABLE chained (id BIGINT UNSIGNED PRIMARY KEY, secret VARCHAR(64) UNIQUE) ENGINE=InnoDB");
        cloud.run("INSERT INTO chained VALUES (204, 's3cret-a'), (205, 's3cret-b')");
    }

    /// What is read by the account that config/grants.sql describes.
    InnodbLocks read() {
        auto locks = read_innodb_locks(reader);
        if (!locks) {
            throw std::runtime_error(locks.error().message);
        }
        return *locks;
    }

    static void must(const Status& done) {
        if (!done) {
            throw std::runtime_error(done.error().message);
        }
    }
    static void must_run(WaitingSession& session, const std::string& statement) {
        if (const auto done = session.connection().execute(statement); !done) {
            throw std::runtime_error(done.error().message);
        }
    }

    /// Reads until this many transactions have been waiting for so long.
    InnodbLocks read_when_waiting(std::size_t waiters, Duration lasted = 0s) {
        InnodbLocks locks;
        EXPECT_TRUE(becomes_so([&] {
            locks = read();
            return waiters == static_cast<std::size_t>(
                                  std::count_if(locks.transactions.begin(), locks.transactions.end(),
                                                [lasted](const InnodbTransaction& transaction) {
                                                    return transaction.wait &&
                                                           transaction.wait->lasted.value_or(0s) >= lasted;
                                                }));
        }));
        return locks;
    }

    CloudDatabase cloud;
    Connection reader{cloud.reader({"SELECT ON *", "PROCESS ON *.*", "SELECT ON performance_schema.*"}),
                      Access::read_only};
};

TEST_F(InnodbLocksOnARealDatabase, a_quiet_server_has_no_transactions_and_we_are_none) {
    EXPECT_TRUE(becomes_so([&] { return read().transactions.empty(); }));
}

TEST_F(InnodbLocksOnARealDatabase, a_chain_of_three_sessions_is_followed_to_its_idle_root) {
    WaitingSession root(cloud.administrator());
    WaitingSession middle(cloud.administrator());
    WaitingSession last(cloud.administrator());
    must(root.connection().begin());
    must_run(root, "UPDATE chained SET secret = 's3cret-c' WHERE id = 204");
    must(middle.connection().begin());
    must_run(middle, "UPDATE sequence SET value = 2 WHERE name = 'vm_instance_seq'");
    middle.run_aside("UPDATE chained SET secret = 's3cret-d' WHERE id = 204");
    read_when_waiting(1);
    must(last.connection().begin());
    last.run_aside("UPDATE sequence SET value = 3 WHERE name = 'vm_instance_seq'");

    const auto locks = read_when_waiting(2, 3s);  // so the root has been asleep for two at least
    const auto found = lock_chains(locks);
    must(root.connection().commit());
    EXPECT_TRUE(middle.join());
    must(middle.connection().commit());
    EXPECT_TRUE(last.join());
    must(last.connection().commit());

    ASSERT_EQ(found.chains.size(), 1U);
    const auto& chain = found.chains.front();
    ASSERT_EQ(chain.waiters.size(), 2U);
    EXPECT_EQ(chain.depth(), 2U);
    const auto& holder = locks.transactions[chain.root];
    const auto& first = locks.transactions[chain.waiters[0].index];
    const auto& second = locks.transactions[chain.waiters[1].index];

    EXPECT_EQ(holder.state, SessionState::idle_in_transaction);
    EXPECT_EQ(holder.user, cloud.administrator().user);
    EXPECT_FALSE(holder.host.empty());
    EXPECT_NE(holder.thread, 0U);
    EXPECT_GE(holder.age.value_or(0s), 2s);
    EXPECT_LE(holder.age.value_or(1h), 12s);
    EXPECT_GE(holder.in_state.value_or(0s), 2s);
    EXPECT_THAT(holder.statement, testing::AnyOf("", "UPDATE `chained` SET `secret` = ? WHERE `id` = ?"))
        << "MySQL remembers it";

    EXPECT_EQ(first.state, SessionState::waiting);
    EXPECT_EQ(first.wait->table, "chained");
    EXPECT_EQ(first.wait->schema, cloud.administrator().schema);
    EXPECT_TRUE(first.wait->is_of_cloud);
    EXPECT_EQ(first.wait->index, "PRIMARY");
    EXPECT_THAT(first.wait->mode, testing::StartsWith("X"));
    EXPECT_EQ(first.wait->key, "204");
    EXPECT_LE(first.wait->lasted.value_or(1h), 12s);
    EXPECT_EQ(first.statement, "UPDATE chained SET secret = ? WHERE id = ?");

    EXPECT_EQ(second.wait->table, "sequence");
    EXPECT_EQ(second.wait->key, "vm_instance_seq");
    EXPECT_GE(first.wait->lasted, second.wait->lasted);
    EXPECT_EQ(waiters_per_row(locks, "chained"), (std::map<std::uint64_t, std::size_t>{{204, 1}}));
}

/// One of three quarters of a year ahead is beyond a change between winter and summer time.
TEST_F(InnodbLocksOnARealDatabase, an_age_holds_across_a_change_to_summer_time) {
    WaitingSession root(cloud.administrator());
    must(root.connection().begin());
    must_run(root, "UPDATE chained SET secret = 's3cret-c' WHERE id = 204");
    for (const auto later : {24h * 91, 24h * 182, 24h * 273}) {
        const auto seconds = std::to_string(std::chrono::seconds{later}.count());
        must(reader.query("SET timestamp = 0").map([](const auto&) {}));
        must(reader.query("SET timestamp = UNIX_TIMESTAMP() + " + seconds).map([](const auto&) {}));
        InnodbLocks locks;
        ASSERT_TRUE(becomes_so([&] {
            locks = read();
            return locks.transactions.size() == 1;
        }));
        EXPECT_GE(locks.transactions.front().age.value_or(0s), later);
        EXPECT_LE(locks.transactions.front().age.value_or(later + 1h), later + 1min);
    }
}

TEST_F(InnodbLocksOnARealDatabase, a_session_that_has_just_fallen_asleep_is_not_idle) {
    WaitingSession root(cloud.administrator());
    must(root.connection().begin());
    must_run(root, "UPDATE chained SET secret = 's3cret-c' WHERE id = 204");
    EXPECT_TRUE(becomes_so([&] {
        const auto transactions = read().transactions;
        if (transactions.size() != 1) {
            return false;
        }
        const auto& seen = transactions.front();
        EXPECT_EQ(seen.state == SessionState::idle_in_transaction, seen.in_state.value_or(0s) >= 2s)
            << to_word(seen.state) << " for " << to_words(seen.in_state.value_or(0s));
        return seen.state == SessionState::idle_in_transaction;
    }));
    must(root.connection().commit());
}

TEST_F(InnodbLocksOnARealDatabase, a_key_of_another_index_is_not_told) {
    WaitingSession root(cloud.administrator());
    WaitingSession waiter(cloud.administrator());
    must(root.connection().begin());
    must_run(root, "INSERT INTO chained VALUES (300, 's3cret-x')");
    waiter.run_aside("INSERT INTO chained VALUES (301, 's3cret-x')");
    const auto locks = read_when_waiting(1);
    must(root.connection().commit());
    EXPECT_FALSE(waiter.join()) << "the value is taken";
    for (const auto& transaction : locks.transactions) {
        EXPECT_THAT(transaction.statement, testing::Not(HasSubstr("s3cret")));
        EXPECT_EQ(transaction.wait ? transaction.wait->key : "", "");
        EXPECT_EQ(transaction.wait ? transaction.wait->index : "secret", "secret");
    }
}

TEST_F(InnodbLocksOnARealDatabase, a_table_of_another_schema_is_not_of_cloudstack) {
    CloudDatabase other;
    other.run("INSERT INTO sequence (name, value) VALUES ('vm_instance_seq', 1)");
    WaitingSession root(other.administrator());
    WaitingSession waiter(other.administrator());
    must(root.connection().begin());
    must_run(root, "UPDATE sequence SET value = 2 WHERE name = 'vm_instance_seq'");
    waiter.run_aside("UPDATE sequence SET value = 3 WHERE name = 'vm_instance_seq'");
    const auto locks = read_when_waiting(1);
    must(root.connection().commit());
    EXPECT_TRUE(waiter.join());
    for (const auto& transaction : locks.transactions) {
        EXPECT_FALSE(transaction.wait && transaction.wait->is_of_cloud);
    }
}

TEST_F(InnodbLocksOnARealDatabase, without_the_right_to_see_them_locks_are_unknown_and_the_remedy_is_named) {
    Connection blind(cloud.reader({"SELECT ON *"}), Access::read_only);
    const auto locks = read_innodb_locks(blind);
    ASSERT_FALSE(locks);
    EXPECT_THAT(locks.error().message, HasSubstr("config/grants.sql"));
}

}  // namespace
}  // namespace inventory::mariadb
