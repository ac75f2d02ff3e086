#include <chrono>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::SnapshotBuilder;

TEST(PingIntervalSeconds, is_the_setting) {
    SnapshotBuilder cloud;
    cloud.records().ping_interval = std::chrono::seconds{60};
    const auto snapshot = cloud.build();
    EXPECT_EQ(
        text_of(families::ping_interval_seconds, snapshot),
        R"(# HELP cloudstack_ping_interval_seconds How often CloudStack's agents report their VMs (setting ping.interval). Its grace periods are multiples.
# TYPE cloudstack_ping_interval_seconds gauge
cloudstack_ping_interval_seconds 60
)");
}

TEST(PingIntervalSeconds, is_absent_when_it_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().ping_interval.reset();
    EXPECT_EQ(text_of(families::ping_interval_seconds, cloud.build()), "");
}

TEST(PingIntervalSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::ping_interval_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
