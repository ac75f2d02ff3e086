#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(ExporterCollectorSuccess, tells_how_the_newest_attempt_went) {
    const auto snapshot = SnapshotBuilder()
                              .collector({"vms", true, "", std::chrono::milliseconds{250}, now})
                              .collector({"jobs", false, "timeout", std::chrono::seconds{5}, std::nullopt})
                              .build();
    EXPECT_EQ(
        text_of(families::exporter_collector_success, snapshot),
        R"(# HELP warden_exporter_collector_success Whether the newest attempt of the collector succeeded.
# TYPE warden_exporter_collector_success gauge
warden_exporter_collector_success{collector="vms"} 1
warden_exporter_collector_success{collector="jobs"} 0
)");
}

TEST(ExporterCollectorSuccess, is_absent_before_the_first_attempt) {
    EXPECT_EQ(text_of(families::exporter_collector_success, SnapshotBuilder::nothing()), "");
}

}  // namespace
