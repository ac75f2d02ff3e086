#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_named_vm;
using support::found;
using support::SnapshotBuilder;

TEST(VmReassignmentFailedTimestampSeconds, tells_when_the_newest_move_of_a_vm_failed) {
    SnapshotBuilder cloud;
    cloud.health().reassignments = found(inventory::Reassignments{{{a_named_vm(7), support::now, {}}}, 0});
    EXPECT_EQ(
        text_of(families::vm_reassignment_failed_timestamp_seconds, cloud.build()),
        R"(# HELP cloudstack_vm_reassignment_failed_timestamp_seconds When the newest move of a VM to another account failed, in the last 7 days. No series: it did not, or a later move succeeded.
# TYPE cloudstack_vm_reassignment_failed_timestamp_seconds gauge
cloudstack_vm_reassignment_failed_timestamp_seconds{vm="i-2-7-VM",vm_id="vm-uuid-7"} 1773478800
)");
}

TEST(VmReassignmentFailedTimestampSeconds, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::vm_reassignment_failed_timestamp_seconds, SnapshotBuilder().build()), "");
}

}  // namespace
