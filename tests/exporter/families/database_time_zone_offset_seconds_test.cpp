#include <chrono>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::SnapshotBuilder;

TEST(DatabaseTimeZoneOffsetSeconds, is_signed) {
    SnapshotBuilder cloud;
    cloud.records().time_zone_offset = -std::chrono::hours{5};
    const auto snapshot = cloud.build();
    EXPECT_EQ(
        text_of(families::database_time_zone_offset_seconds, snapshot),
        R"(# HELP cloudstack_database_time_zone_offset_seconds Distance of the database server's time zone from UTC. CloudStack's power sync goes wrong unless it is 0.
# TYPE cloudstack_database_time_zone_offset_seconds gauge
cloudstack_database_time_zone_offset_seconds -18000
)");
}

TEST(DatabaseTimeZoneOffsetSeconds, is_absent_when_it_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().time_zone_offset.reset();
    EXPECT_EQ(text_of(families::database_time_zone_offset_seconds, cloud.build()), "");
}

TEST(DatabaseTimeZoneOffsetSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::database_time_zone_offset_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
