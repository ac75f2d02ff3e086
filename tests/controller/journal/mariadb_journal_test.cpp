#include "controller/journal/mariadb_journal.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "controller/journal/migrations.hpp"
#include "controller/journal/schema.hpp"
#include "tests/controller/journal/journal_contract.hpp"
#include "tests/controller/journal/mariadb_schema.hpp"

namespace controller::journal {
namespace {

using namespace std::chrono_literals;
using inventory::mariadb::Access;
using inventory::mariadb::Connection;
using testing::HasSubstr;

/// Of a controller that only takes alerts in.
const Fence no_lease = [] { return std::optional<std::uint64_t>{}; };

INSTANTIATE_TEST_SUITE_P(Mariadb, JournalContract,
                         testing::Values(JournalKind{"mariadb",
                                                     [] { return open_leading_journal(new_schema()); }}));

TEST(Schema, is_made_once_by_controllers_that_start_at_once) {
    const auto server = new_schema();
    std::atomic<int> prepared{0};
    {
        std::vector<std::jthread> controllers;
        for (int i = 0; i < 6; ++i) {
            controllers.emplace_back([&] { prepared += prepare_schema(server) ? 1 : 0; });
        }
    }
    EXPECT_EQ(prepared, 6);
    Connection connection(server, Access::read_only);
    EXPECT_EQ(connection.query("SELECT 1 FROM schema_version WHERE applied_at IS NOT NULL")->size(),
              all_migrations().size());
}

TEST(Schema, is_finished_for_a_controller_that_died_half_way) {
    const auto server = new_schema();
    ASSERT_TRUE(prepare_schema(server));
    Connection connection(server, Access::read_write);
    ASSERT_TRUE(connection.execute("DROP TABLE evidence"));
    ASSERT_TRUE(connection.execute(
        "UPDATE schema_version SET applied_at = NULL, begun_at = UTC_TIMESTAMP(6) - INTERVAL 31 SECOND"));
    ASSERT_TRUE(prepare_schema(server));
    EXPECT_TRUE(connection.query("SELECT 1 FROM evidence"));
}

TEST(Schema, of_a_newer_controller_is_left_alone) {
    const auto server = new_schema();
    ASSERT_TRUE(prepare_schema(server));
    Connection connection(server, Access::read_write);
    ASSERT_TRUE(
        connection.execute("INSERT INTO schema_version VALUES (99, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"));
    EXPECT_THAT(prepare_schema(server).error().message, HasSubstr("version 99"));
}

TEST(Schema, of_cloudstack_is_never_written_to) {
    const auto server = new_schema();
    ASSERT_TRUE(prepare_schema(server));
    Connection connection(server, Access::read_write);
    ASSERT_TRUE(connection.execute("CREATE TABLE vm_instance (id INT PRIMARY KEY)"));
    EXPECT_THAT(prepare_schema(server).error().message, HasSubstr("CloudStack's own"));
}

TEST(Schema, needs_a_plain_name) {
    auto server = new_schema();
    server.schema = "warden; DROP DATABASE cloud";
    EXPECT_FALSE(prepare_schema(server));
}

TEST(MariadbJournal, outlives_the_process) {
    const auto server = new_schema();
    const Alert alert{
        .firing = true, .fingerprint = "aa", .starts_at = inventory::Time{1'800'000'000s}, .labels = {}};
    ASSERT_TRUE(
        (*open_mariadb_journal(server, {}, no_lease))->receive(alert, Remedy::stop_sync, alert.starts_at));
    EXPECT_EQ(
        (*open_mariadb_journal(server, {}, no_lease))->receive(alert, Remedy::stop_sync, alert.starts_at),
        Reception::duplicate);
}

TEST(MariadbJournal, measures_what_it_writes_and_survives_killed_sessions) {
    const auto server = new_schema();
    int written = 0;
    const auto journal = *open_mariadb_journal(
        server, [&](inventory::Duration) { ++written; }, no_lease);
    Alert alert{
        .firing = true, .fingerprint = "aa", .starts_at = inventory::Time{1'800'000'000s}, .labels = {}};
    ASSERT_TRUE(journal->receive(alert, Remedy::stop_sync, alert.starts_at));
    Connection administrator(server, Access::read_write);
    const auto sessions = administrator.query(
        "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
        {server.schema});
    ASSERT_EQ(sessions->size(), 1U);
    ASSERT_TRUE(administrator.execute("KILL " + sessions->front().text_or(0, "")));
    alert.fingerprint = "bb";
    EXPECT_EQ(journal->receive(alert, Remedy::stop_sync, alert.starts_at), Reception::created);
    EXPECT_EQ(written, 2);
}

TEST(MariadbJournal, says_where_it_cannot_be_opened) {
    auto server = new_schema();
    server.port = 1;
    EXPECT_THAT(open_mariadb_journal(server, {}, no_lease).error().message,
                HasSubstr("cannot prepare the journal"));
}

}  // namespace
}  // namespace controller::journal
