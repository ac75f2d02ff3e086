#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(ExporterCollectorLastSuccessTimestampSeconds, is_absent_for_a_collector_that_never_succeeded) {
    const auto snapshot = SnapshotBuilder()
                              .collector({"vms", true, "", std::chrono::milliseconds{250}, now})
                              .collector({"jobs", false, "timeout", std::chrono::seconds{5}, std::nullopt})
                              .build();
    EXPECT_EQ(
        text_of(families::exporter_collector_last_success_timestamp_seconds, snapshot),
        R"(# HELP warden_exporter_collector_last_success_timestamp_seconds When the newest attempt of the collector that succeeded began.
# TYPE warden_exporter_collector_last_success_timestamp_seconds gauge
warden_exporter_collector_last_success_timestamp_seconds{collector="vms"} 1773478800
)");
}

TEST(ExporterCollectorLastSuccessTimestampSeconds, is_absent_before_the_first_attempt) {
    EXPECT_EQ(
        text_of(families::exporter_collector_last_success_timestamp_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
