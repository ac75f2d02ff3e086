#include "controller/journal/mariadb_lease.hpp"

#include <gmock/gmock.h>

#include "controller/journal/mariadb_journal.hpp"
#include "tests/controller/journal/lease_contract.hpp"
#include "tests/controller/journal/mariadb_schema.hpp"

namespace controller::journal {
namespace {

using namespace std::chrono_literals;
using inventory::mariadb::Access;
using inventory::mariadb::Connection;
using testing::HasSubstr;

template <class T>
T must(inventory::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return *std::move(result);
}

/// The database's own clock is let alone: what is noted in the row moves into the past instead.
class MariadbSite : public LeaseSite {
public:
    std::unique_ptr<Lease> lease() override { return must(open_mariadb_lease(server_)); }
    std::unique_ptr<Journal> journal(std::optional<std::uint64_t> token) override {
        return must(open_mariadb_journal(server_, {}, [token] { return token; }));
    }
    void pass(inventory::Duration time) override {
        Connection connection(server_, Access::read_write);
        must(
            connection.execute("UPDATE lease SET taken_at = taken_at - INTERVAL ? MICROSECOND, expires_at = "
                               "expires_at - INTERVAL ? MICROSECOND",
                               {std::int64_t{time.count()}, std::int64_t{time.count()}}));
    }

private:
    inventory::mariadb::Server server_ = new_schema();
};

INSTANTIATE_TEST_SUITE_P(Mariadb, LeaseContract,
                         testing::Values(LeaseKind{"mariadb",
                                                   [] { return std::make_unique<MariadbSite>(); }}));

TEST(MariadbLease, is_counted_by_the_databases_clock) {
    const auto server = new_schema();
    const auto lease = must(open_mariadb_lease(server));
    ASSERT_EQ(lease->take(must(lease->read()), "a", 15s), true);
    Connection connection(server, Access::read_only);
    const auto row =
        must(connection.query("SELECT expires_at > UTC_TIMESTAMP(6), expires_at <= UTC_TIMESTAMP(6) + "
                              "INTERVAL 15 SECOND FROM lease"));
    EXPECT_EQ(row.front().number(0), 1U);
    EXPECT_EQ(row.front().number(1), 1U);
}

TEST(MariadbLease, is_not_renewed_when_the_database_does_not_answer_in_time) {
    auto server = new_schema();
    server.timeout = 2s;
    const auto lease = must(open_mariadb_lease(server));
    ASSERT_EQ(lease->take(must(lease->read()), "a", 15s), true);
    Connection writer(server, Access::read_write);
    ASSERT_TRUE(writer.begin());
    ASSERT_TRUE(check_fence(writer, 1));
    const auto renewed = lease->renew("a", 1, 15s);
    ASSERT_FALSE(renewed);
    EXPECT_TRUE(renewed.error().retryable);
    ASSERT_TRUE(writer.commit());
    EXPECT_EQ(lease->renew("a", 1, 15s), true) << "the session goes on";
}

TEST(MariadbLease, is_taken_over_from_one_who_froze_in_the_middle_of_a_write) {
    auto server = new_schema();
    server.timeout = 1s;
    const auto lease = must(open_mariadb_lease(server));
    ASSERT_EQ(lease->take(must(lease->read()), "a", 1us), true);
    Connection frozen(server, Access::read_write);
    ASSERT_TRUE(frozen.begin());
    ASSERT_TRUE(check_fence(frozen, 1));
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    auto taken = lease->take(must(lease->read()), "b", 15s);
    while (taken != true && std::chrono::steady_clock::now() < deadline) {
        taken = lease->take(must(lease->read()), "b", 15s);  // waits for the lock, a second each time
    }
    ASSERT_EQ(taken, true);
    EXPECT_FALSE(frozen.commit());
    EXPECT_EQ(must(lease->read()).token, 2U);
}

TEST(MariadbLease, that_lost_its_row_says_so) {
    const auto server = new_schema();
    const auto lease = must(open_mariadb_lease(server));
    Connection connection(server, Access::read_write);
    must(connection.execute("DELETE FROM lease"));
    EXPECT_THAT(lease->read().error().message, HasSubstr("has lost its row"));
    ASSERT_TRUE(connection.begin());
    EXPECT_THAT(check_fence(connection, 1).error().message, HasSubstr("has lost its row"));
}

}  // namespace
}  // namespace controller::journal
