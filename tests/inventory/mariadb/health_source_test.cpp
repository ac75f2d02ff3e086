#include "inventory/mariadb/health_source.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

using namespace std::chrono_literals;
using test_support::CloudDatabase;

constexpr Time start{std::chrono::hours{24 * 365 * 50}};

/// Whatever one cell of the database says, as a feature's name.
Result<SchemaReport> read_ping_setting(Connection& connection) {
    auto rows = connection.query("SELECT value FROM configuration WHERE name = 'ping.interval'");
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    return SchemaReport{{Feature{rows->empty() ? "none" : rows->front().text_or(0, ""), ""}}};
}

class HealthSourceOnARealDatabase : public testing::Test {
protected:
    HealthSource source() {
        return {cloud.reader(), {finding("ping", 1min, &DatabaseHealth::schema, read_ping_setting)}};
    }

    static void apply(std::vector<observer::HealthNote> notes, DatabaseHealth& health) {
        for (auto& note : notes) {
            note.change(health);
        }
    }

    CloudDatabase cloud;
    DatabaseHealth health;
};

TEST_F(HealthSourceOnARealDatabase, reads_when_due_and_not_before) {
    auto readings = source();
    const auto first = readings.read_due(start);
    ASSERT_EQ(first.size(), 1U);
    EXPECT_TRUE(first[0].report.success) << first[0].report.error;
    EXPECT_EQ(first[0].report.last_success, start);
    EXPECT_TRUE(readings.read_due(start + 59s).empty());
    EXPECT_EQ(readings.read_due(start + 60s).size(), 1U);
}

TEST_F(HealthSourceOnARealDatabase, says_what_it_found_and_when_it_looked) {
    auto readings = source();
    cloud.run("INSERT INTO configuration (instance, name, value) VALUES ('DEFAULT', 'ping.interval', '60')");
    apply(readings.read_due(start), health);
    ASSERT_NE(health.schema, nullptr);
    EXPECT_EQ(health.schema->read_at, start);
    EXPECT_EQ(health.schema->value.features.front().name, "60");
}

TEST_F(HealthSourceOnARealDatabase, forgets_what_it_can_no_longer_tell_and_tries_again_soon) {
    auto readings = source();
    apply(readings.read_due(start), health);
    ASSERT_NE(health.schema, nullptr);
    cloud.run("RENAME TABLE configuration TO gone");
    auto failed = readings.read_due(start + 1min);
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_FALSE(failed[0].report.success);
    EXPECT_EQ(failed[0].report.last_success, start);
    apply(std::move(failed), health);
    EXPECT_EQ(health.schema, nullptr);
    cloud.run("RENAME TABLE gone TO configuration");
    apply(readings.read_due(start + 90s), health);
    EXPECT_NE(health.schema, nullptr);
}

TEST_F(HealthSourceOnARealDatabase, is_not_silenced_by_a_clock_that_was_put_back) {
    auto readings = source();
    ASSERT_EQ(readings.read_due(start).size(), 1U);
    EXPECT_EQ(readings.read_due(start - 1h).size(), 1U);
}

}  // namespace
}  // namespace inventory::mariadb
