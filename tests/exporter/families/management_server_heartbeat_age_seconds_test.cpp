#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(ManagementServerHeartbeatAgeSeconds, is_the_age_at_the_reading) {
    SnapshotBuilder cloud;
    cloud.records().management_servers = {{
        {1, "ms1", "Up", now - std::chrono::seconds{1}},
        {2, "ms2", "Down", now - std::chrono::hours{1}},
        {3, "ms3", "Up", std::nullopt},
    }};
    const auto snapshot = cloud.build();
    EXPECT_EQ(
        text_of(families::management_server_heartbeat_age_seconds, snapshot),
        R"(# HELP cloudstack_management_server_heartbeat_age_seconds Age of the management server's heartbeat when the database was read.
# TYPE cloudstack_management_server_heartbeat_age_seconds gauge
cloudstack_management_server_heartbeat_age_seconds{name="ms1"} 1
cloudstack_management_server_heartbeat_age_seconds{name="ms2"} 3600
)");
}

TEST(ManagementServerHeartbeatAgeSeconds, is_that_of_the_newer_row_when_a_machine_was_installed_anew) {
    SnapshotBuilder cloud;
    cloud.records().management_servers = {{
        {1, "ms1", "Down", now - std::chrono::hours{9}},
        {2, "ms1", "Up", now - std::chrono::seconds{1}},
        {3, "ms1", "Down", std::nullopt},
    }};
    EXPECT_EQ(samples_of(families::management_server_heartbeat_age_seconds, cloud.build()),
              R"(cloudstack_management_server_heartbeat_age_seconds{name="ms1"} 1
)");
}

TEST(ManagementServerHeartbeatAgeSeconds, is_absent_when_they_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().management_servers.reset();
    EXPECT_EQ(text_of(families::management_server_heartbeat_age_seconds, cloud.build()), "");
}

TEST(ManagementServerHeartbeatAgeSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::management_server_heartbeat_age_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
