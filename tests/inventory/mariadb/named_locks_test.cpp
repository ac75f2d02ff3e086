#include <stdexcept>

#include <gmock/gmock.h>

#include "inventory/mariadb/health_queries.hpp"
#include "tests/support/cloud_database.hpp"
#include "tests/support/waiting_session.hpp"

namespace inventory::mariadb {
namespace {

using test_support::becomes_so;
using test_support::CloudDatabase;
using test_support::WaitingSession;

class NamedLocksOnARealDatabase : public testing::Test {
protected:
    NamedLocks read() {
        auto locks = read_named_locks(reader);
        if (!locks) {
            throw std::runtime_error(locks.error().message);
        }
        return *locks;
    }

    CloudDatabase cloud;
    Connection reader{cloud.reader({"SELECT ON *", "PROCESS ON *.*", "SELECT ON performance_schema.*"}),
                      Access::read_only};
};

TEST_F(NamedLocksOnARealDatabase, none_is_waited_for_on_a_quiet_server) {
    EXPECT_TRUE(read().locks.empty());
}

TEST_F(NamedLocksOnARealDatabase, a_session_that_waits_is_found_under_the_name_of_the_lock) {
    WaitingSession holder(cloud.administrator());
    WaitingSession waiter(cloud.administrator());
    ASSERT_TRUE(holder.connection().query("SELECT GET_LOCK('cloud.test.7', 0)"));
    waiter.run_aside("SELECT COALESCE(GET_LOCK('cloud.test.7', 15), 0)");
    NamedLocks found;
    const bool waits = becomes_so([&] {
        found = read();
        return !found.locks.empty() && !found.locks.front().waiters.empty();
    });
    ASSERT_TRUE(holder.connection().query("SELECT RELEASE_LOCK('cloud.test.7')"));
    EXPECT_TRUE(waiter.join());

    ASSERT_TRUE(waits);
    ASSERT_EQ(found.locks.size(), 1U);
    const auto& lock = found.locks.front();
    EXPECT_EQ(lock.name, "cloud.test.7");
    ASSERT_EQ(lock.waiters.size(), 1U);
    EXPECT_EQ(lock.waiters.front().user, cloud.administrator().user);
    EXPECT_EQ(lock.holder.has_value(), found.are_holders_known);
}

}  // namespace
}  // namespace inventory::mariadb
