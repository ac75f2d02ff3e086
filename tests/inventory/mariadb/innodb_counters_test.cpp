#include <chrono>
#include <stdexcept>

#include <gmock/gmock.h>

#include "inventory/mariadb/health_queries.hpp"
#include "tests/support/cloud_database.hpp"
#include "tests/support/waiting_session.hpp"

namespace inventory::mariadb {
namespace {

using namespace std::chrono_literals;
using test_support::becomes_so;
using test_support::CloudDatabase;
using test_support::WaitingSession;

class InnodbCountersOnARealDatabase : public testing::Test {
protected:
    InnodbCountersOnARealDatabase() {
        cloud.run("INSERT INTO sequence (name, value) VALUES ('vm_instance_seq', 1), ('networks_seq', 1)");
    }

    InnodbCounters read() {
        auto counters = read_innodb_counters(reader);
        if (!counters) {
            throw std::runtime_error(counters.error().message);
        }
        return *counters;
    }

    static void take(WaitingSession& session, const std::string& sequence) {
        const auto begun = session.connection().begin();
        const auto taken =
            session.connection().execute("UPDATE sequence SET value = value + 1 WHERE name = ?", {sequence});
        if (!begun || !taken) {
            throw std::runtime_error("cannot take the row of " + sequence);
        }
    }

    CloudDatabase cloud;
    Connection reader{cloud.reader(), Access::read_only};
};

TEST_F(InnodbCountersOnARealDatabase, a_wait_that_ran_out_of_time_is_counted_with_its_time) {
    const auto before = read();
    WaitingSession holder(cloud.administrator());
    WaitingSession waiter(cloud.administrator());
    take(holder, "vm_instance_seq");
    ASSERT_TRUE(waiter.connection().execute("SET SESSION innodb_lock_wait_timeout = 1"));
    EXPECT_FALSE(waiter.connection().execute("UPDATE sequence SET value = 0 WHERE name = 'vm_instance_seq'"));
    holder.connection().rollback();
    const auto after = read();
    EXPECT_EQ(after.lock_timeouts.value() - before.lock_timeouts.value(), 1U);
    EXPECT_EQ(after.row_lock_waits.value() - before.row_lock_waits.value(), 1U);
    const auto waited = after.row_lock_time.value() - before.row_lock_time.value();
    EXPECT_GE(waited, 900ms);
    EXPECT_LE(waited, 10s);
    EXPECT_EQ(after.deadlocks, before.deadlocks);
}

TEST_F(InnodbCountersOnARealDatabase, a_deadlock_is_counted) {
    const auto before = read();
    WaitingSession left(cloud.administrator());
    WaitingSession right(cloud.administrator());
    take(left, "vm_instance_seq");
    take(right, "networks_seq");
    left.run_aside("UPDATE sequence SET value = 0 WHERE name = 'networks_seq'");
    right.run_aside("UPDATE sequence SET value = 0 WHERE name = 'vm_instance_seq'");
    const bool has_left_won = left.join().has_value();
    EXPECT_NE(has_left_won, right.join().has_value()) << "InnoDB rolls back one of both";
    left.connection().rollback();
    right.connection().rollback();
    EXPECT_EQ(read().deadlocks.value() - before.deadlocks.value(), 1U);
}

TEST_F(InnodbCountersOnARealDatabase, the_setting_is_that_of_new_sessions) {
    cloud.run("SET GLOBAL innodb_lock_wait_timeout = 37");
    EXPECT_EQ(read().lock_wait_timeout, 37s);
    cloud.run("SET GLOBAL innodb_lock_wait_timeout = 50");
}

TEST_F(InnodbCountersOnARealDatabase, a_counter_that_is_switched_off_is_unknown) {
    cloud.run("SET GLOBAL innodb_monitor_disable = 'lock_timeouts'");
    const auto counters = read();
    cloud.run("SET GLOBAL innodb_monitor_enable = 'lock_timeouts'");
    EXPECT_FALSE(counters.lock_timeouts);
    EXPECT_TRUE(counters.deadlocks);
}

}  // namespace
}  // namespace inventory::mariadb
