#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(VmJobsInProgress, counts_them) {
    SnapshotBuilder cloud;
    cloud.records().vm_jobs = {{
        {inventory::VmId{43}, "VmWorkStop", now - std::chrono::seconds{5}},
        {inventory::VmId{44}, "VmWorkStart", std::nullopt},
    }};
    const auto snapshot = cloud.build();
    EXPECT_EQ(text_of(families::vm_jobs_in_progress, snapshot),
              R"(# HELP cloudstack_vm_jobs_in_progress Jobs for VMs that CloudStack has in progress.
# TYPE cloudstack_vm_jobs_in_progress gauge
cloudstack_vm_jobs_in_progress 2
)");
}

TEST(VmJobsInProgress, is_zero_when_there_are_none) {
    SnapshotBuilder cloud;
    cloud.records().vm_jobs.emplace();
    EXPECT_EQ(samples_of(families::vm_jobs_in_progress, cloud.build()), R"(cloudstack_vm_jobs_in_progress 0
)");
}

TEST(VmJobsInProgress, is_absent_when_they_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().vm_jobs.reset();
    EXPECT_EQ(text_of(families::vm_jobs_in_progress, cloud.build()), "");
}

TEST(VmJobsInProgress, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_jobs_in_progress, SnapshotBuilder::nothing()), "");
}

}  // namespace
