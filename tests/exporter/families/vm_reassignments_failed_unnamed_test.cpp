#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::found;
using support::SnapshotBuilder;

TEST(VmReassignmentsFailedUnnamed, counts_failures_and_knows_none_from_unknown) {
    SnapshotBuilder cloud;
    cloud.health().reassignments = found(inventory::Reassignments{});
    EXPECT_EQ(
        text_of(families::vm_reassignments_failed_unnamed, cloud.build()),
        R"(# HELP cloudstack_vm_reassignments_failed_unnamed Moves to another account that failed in the last 7 days and whose event does not say which VM it was.
# TYPE cloudstack_vm_reassignments_failed_unnamed gauge
cloudstack_vm_reassignments_failed_unnamed 0
)");
    cloud.health().reassignments = found(inventory::Reassignments{{}, 2});
    EXPECT_EQ(samples_of(families::vm_reassignments_failed_unnamed, cloud.build()),
              "cloudstack_vm_reassignments_failed_unnamed 2\n");
}

TEST(VmReassignmentsFailedUnnamed, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::vm_reassignments_failed_unnamed, SnapshotBuilder().build()), "");
}

}  // namespace
