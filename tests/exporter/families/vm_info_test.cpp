#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::a_vm;
using support::SnapshotBuilder;

TEST(VmInfo, names_what_may_change) {
    auto vm = a_vm(43);
    vm.account = "o\"brien";
    vm.domain_path = "/sales";
    vm.ha_enabled = true;
    const auto snapshot = SnapshotBuilder().host(a_host(1)).vm(vm).build();
    EXPECT_EQ(
        text_of(families::vm_info, snapshot),
        R"(# HELP cloudstack_vm_info What CloudStack records of the VM and may change: join it on vm_id. Host and cluster are those it is recorded on.
# TYPE cloudstack_vm_info gauge
cloudstack_vm_info{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",account="o\"brien",domain="/sales",zone="north",cluster="pod-a",host="kvm1",type="User",ha="true"} 1
)");
}

TEST(VmInfo, leaves_out_the_place_of_a_vm_that_has_none) {
    auto vm = a_vm(43);
    vm.host.reset();
    const auto snapshot = SnapshotBuilder().host(a_host(1)).vm(vm).build();
    EXPECT_EQ(
        samples_of(families::vm_info, snapshot),
        R"(cloudstack_vm_info{vm="i-2-43-VM",vm_id="7f1c0000-0000-4000-8000-100000000043",zone="north",type="User",ha="false"} 1
)");
}

TEST(VmInfo, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::vm_info, SnapshotBuilder::nothing()), "");
}

}  // namespace
