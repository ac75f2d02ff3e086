#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_vm;
using support::SnapshotBuilder;

TEST(VmState, is_one_series_for_the_current_state) {
    auto stopped = a_vm(44);
    stopped.state = inventory::VmState::stopped;
    const auto snapshot = SnapshotBuilder().vm(a_vm(43)).vm(stopped).build();
    EXPECT_EQ(text_of(families::vm_state, snapshot),
              R"(# HELP cloudstack_vm_state The state that CloudStack records for the VM (vm_instance.state).
# TYPE cloudstack_vm_state gauge
cloudstack_vm_state{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",state="Running"} 1
cloudstack_vm_state{vm="i-2-44-VM",vm_id="7f1c0000-0000-4000-8000-100000000044",state="Stopped"} 1
)");
}

TEST(VmState, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_state, SnapshotBuilder::nothing()), "");
}

}  // namespace
