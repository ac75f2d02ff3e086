#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::DomainState;
using support::a_host;
using support::a_silence;
using support::a_vm;
using support::a_witness;
using support::host_id;
using support::SnapshotBuilder;

TEST(HostOrphanDomains, counts_cloudstack_names_without_a_row) {
    const auto snapshot =
        SnapshotBuilder()
            .host(a_host(1))
            .host(a_host(2))
            .host(a_host(3))
            .vm(a_vm(43))
            .vm(a_vm(44))
            .witness(a_witness(host_id(1),
                               {{"i-2-43-VM", "foreign", DomainState::running},
                                {"i-2-99-VM", "7f1c0000-0000-4000-8000-100000000044", DomainState::running},
                                {"i-2-77-VM", "gone", DomainState::running},
                                {"r-5-VM", "gone-too", DomainState::shutoff},
                                {"by-hand", "x", DomainState::running}}))
            .witness(a_witness(host_id(2), {}))
            .witness(a_silence(host_id(3)))
            .build();
    EXPECT_EQ(
        text_of(families::host_orphan_domains, snapshot),
        R"(# HELP cloudstack_host_orphan_domains Domains on the host with a name as CloudStack gives it, but without a live row in its database.
# TYPE cloudstack_host_orphan_domains gauge
cloudstack_host_orphan_domains{host="kvm1",host_id="host-uuid-1"} 2
cloudstack_host_orphan_domains{host="kvm2",host_id="host-uuid-2"} 0
)");
}

TEST(HostOrphanDomains, is_absent_while_the_records_are_old) {
    const auto snapshot = SnapshotBuilder()
                              .host(a_host(1))
                              .witness(a_witness(host_id(1), {{"i-2-77-VM", "new", DomainState::running}}))
                              .database_down("cannot connect")
                              .build();
    EXPECT_EQ(text_of(families::host_orphan_domains, snapshot), "");
}

TEST(HostOrphanDomains, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_orphan_domains, SnapshotBuilder::nothing()), "");
}

}  // namespace
