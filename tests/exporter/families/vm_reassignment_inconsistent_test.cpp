#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::MoveRemains;
using inventory::Reassignments;
using support::a_named_vm;
using support::found;
using support::SnapshotBuilder;

TEST(VmReassignmentInconsistent, names_everything_that_a_move_left_behind) {
    SnapshotBuilder cloud;
    cloud.health().reassignments = found(Reassignments{
        {{a_named_vm(7), support::now, {true, true, true}}, {a_named_vm(8), support::now, {}}}, 0});
    EXPECT_EQ(
        text_of(families::vm_reassignment_inconsistent, cloud.build()),
        R"(# HELP cloudstack_vm_reassignment_inconsistent VMs that a broken move to another account left in pieces: a volume with another owner than the VM, a stopped VM without any NIC, an unused network made for the new owner.
# TYPE cloudstack_vm_reassignment_inconsistent gauge
cloudstack_vm_reassignment_inconsistent{vm="i-2-7-VM",vm_id="vm-uuid-7",what="owner_differs"} 1
cloudstack_vm_reassignment_inconsistent{vm="i-2-7-VM",vm_id="vm-uuid-7",what="no_nic"} 1
cloudstack_vm_reassignment_inconsistent{vm="i-2-7-VM",vm_id="vm-uuid-7",what="network_left"} 1
)");
}

TEST(VmReassignmentInconsistent, tells_once_what_two_readings_found_and_believes_the_quicker_one) {
    SnapshotBuilder cloud;
    cloud.health().split_owners =
        found<std::vector<inventory::NamedVm>>({a_named_vm(7), a_named_vm(8), a_named_vm(9)});
    cloud.health().reassignments = found(Reassignments{
        {{a_named_vm(7), support::now, {true, false, false}}, {a_named_vm(8), support::now, {}}}, 0});
    EXPECT_EQ(
        samples_of(families::vm_reassignment_inconsistent, cloud.build()),
        R"(cloudstack_vm_reassignment_inconsistent{vm="i-2-7-VM",vm_id="vm-uuid-7",what="owner_differs"} 1
cloudstack_vm_reassignment_inconsistent{vm="i-2-9-VM",vm_id="vm-uuid-9",what="owner_differs"} 1
)");
}

TEST(VmReassignmentInconsistent, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::vm_reassignment_inconsistent, SnapshotBuilder().build()), "");
}

}  // namespace
