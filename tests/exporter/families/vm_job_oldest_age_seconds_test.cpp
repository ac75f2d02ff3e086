#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(VmJobOldestAgeSeconds, is_the_age_at_the_reading) {
    SnapshotBuilder cloud;
    cloud.records().vm_jobs = {{
        {inventory::VmId{43}, "VmWorkStop", now - std::chrono::seconds{5}},
        {inventory::VmId{44}, "VmWorkStart", std::nullopt},
    }};
    const auto snapshot = cloud.build();
    EXPECT_EQ(
        text_of(families::vm_job_oldest_age_seconds, snapshot),
        R"(# HELP cloudstack_vm_job_oldest_age_seconds Age of the oldest job in progress when the database was read. No series: there is none.
# TYPE cloudstack_vm_job_oldest_age_seconds gauge
cloudstack_vm_job_oldest_age_seconds 5
)");
}

TEST(VmJobOldestAgeSeconds, is_absent_when_there_is_no_job) {
    SnapshotBuilder cloud;
    cloud.records().vm_jobs.emplace();
    EXPECT_EQ(text_of(families::vm_job_oldest_age_seconds, cloud.build()), "");
}

TEST(VmJobOldestAgeSeconds, is_absent_when_they_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().vm_jobs.reset();
    EXPECT_EQ(text_of(families::vm_job_oldest_age_seconds, cloud.build()), "");
}

TEST(VmJobOldestAgeSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_job_oldest_age_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
