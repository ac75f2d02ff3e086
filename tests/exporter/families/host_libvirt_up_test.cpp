#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::a_silence;
using support::a_witness;
using support::host_id;
using support::SnapshotBuilder;

TEST(HostLibvirtUp, tells_answer_from_silence_and_leaves_out_who_was_not_asked_yet) {
    const auto snapshot = SnapshotBuilder()
                              .host(a_host(1))
                              .host(a_host(2))
                              .host(a_host(3))
                              .witness(a_witness(host_id(1), {}))
                              .witness(a_silence(host_id(2)))
                              .build();
    EXPECT_EQ(
        text_of(families::host_libvirt_up, snapshot),
        R"(# HELP cloudstack_host_libvirt_up Whether the host's libvirt answered within its deadline when it was last asked.
# TYPE cloudstack_host_libvirt_up gauge
cloudstack_host_libvirt_up{host="kvm1",host_id="host-uuid-1"} 1
cloudstack_host_libvirt_up{host="kvm2",host_id="host-uuid-2"} 0
)");
}

TEST(HostLibvirtUp, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_libvirt_up, SnapshotBuilder::nothing()), "");
}

}  // namespace
