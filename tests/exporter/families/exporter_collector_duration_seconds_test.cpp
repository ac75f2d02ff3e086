#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(ExporterCollectorDurationSeconds, is_how_long_the_newest_attempt_took) {
    const auto snapshot = SnapshotBuilder()
                              .collector({"vms", true, "", std::chrono::milliseconds{250}, now})
                              .collector({"jobs", false, "timeout", std::chrono::seconds{5}, std::nullopt})
                              .build();
    EXPECT_EQ(
        text_of(families::exporter_collector_duration_seconds, snapshot),
        R"(# HELP warden_exporter_collector_duration_seconds How long the newest attempt of the collector took.
# TYPE warden_exporter_collector_duration_seconds gauge
warden_exporter_collector_duration_seconds{collector="vms"} 0.25
warden_exporter_collector_duration_seconds{collector="jobs"} 5
)");
}

TEST(ExporterCollectorDurationSeconds, is_absent_before_the_first_attempt) {
    EXPECT_EQ(text_of(families::exporter_collector_duration_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
