#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::a_silence;
using support::a_witness;
using support::host_id;
using support::SnapshotBuilder;

TEST(HostLibvirtUnencrypted, flags_plain_tcp) {
    auto plain = a_silence(host_id(2));
    plain.encrypted = false;
    const auto snapshot = SnapshotBuilder()
                              .host(a_host(1))
                              .host(a_host(2))
                              .host(a_host(3))
                              .witness(a_witness(host_id(1), {}))
                              .witness(plain)
                              .build();
    EXPECT_EQ(
        text_of(families::host_libvirt_unencrypted, snapshot),
        R"(# HELP cloudstack_host_libvirt_unencrypted Whether the host's libvirt is reached over plain TCP: such a port gives root on the host to anyone who reaches it.
# TYPE cloudstack_host_libvirt_unencrypted gauge
cloudstack_host_libvirt_unencrypted{host="kvm1",host_id="host-uuid-1"} 0
cloudstack_host_libvirt_unencrypted{host="kvm2",host_id="host-uuid-2"} 1
)");
}

TEST(HostLibvirtUnencrypted, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_libvirt_unencrypted, SnapshotBuilder::nothing()), "");
}

}  // namespace
