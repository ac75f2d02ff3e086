#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(HaWorkOldestAgeSeconds, is_the_age_at_the_reading) {
    SnapshotBuilder cloud;
    cloud.records().ha_work = {{
        {inventory::VmId{43}, "HA", "Scheduled", now - std::chrono::seconds{30}},
        {inventory::VmId{44}, "HA", "Scheduled", now - std::chrono::seconds{90}},
        {inventory::VmId{45}, "Stop", "Stopping", std::nullopt},
    }};
    const auto snapshot = cloud.build();
    EXPECT_EQ(
        text_of(families::ha_work_oldest_age_seconds, snapshot),
        R"(# HELP cloudstack_ha_work_oldest_age_seconds Age of the oldest open HA work when the database was read. No series: there is none.
# TYPE cloudstack_ha_work_oldest_age_seconds gauge
cloudstack_ha_work_oldest_age_seconds 90
)");
}

TEST(HaWorkOldestAgeSeconds, is_absent_when_there_is_no_work) {
    SnapshotBuilder cloud;
    cloud.records().ha_work.emplace();
    EXPECT_EQ(text_of(families::ha_work_oldest_age_seconds, cloud.build()), "");
}

TEST(HaWorkOldestAgeSeconds, is_absent_when_it_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().ha_work.reset();
    EXPECT_EQ(text_of(families::ha_work_oldest_age_seconds, cloud.build()), "");
}

TEST(HaWorkOldestAgeSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::ha_work_oldest_age_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
