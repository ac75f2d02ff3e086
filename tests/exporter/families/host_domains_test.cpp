#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::DomainState;
using support::a_host;
using support::a_silence;
using support::a_witness;
using support::host_id;
using support::SnapshotBuilder;

TEST(HostDomains, counts_by_state) {
    const auto snapshot =
        SnapshotBuilder()
            .host(a_host(1))
            .witness(a_witness(host_id(1),
                               {{"i-2-43-VM", "7f1c0000-0000-4000-8000-100000000043", DomainState::running},
                                {"i-2-44-VM", "7f1c0000-0000-4000-8000-100000000044", DomainState::running},
                                {"by-hand", "x", DomainState::paused}}))
            .build();
    EXPECT_EQ(
        text_of(families::host_domains, snapshot),
        R"(# HELP cloudstack_host_domains Domains that the host's libvirt shows, by their state, whosoever they are. No series while it is silent.
# TYPE cloudstack_host_domains gauge
cloudstack_host_domains{host="kvm1",host_id="host-uuid-1",state="running"} 2
cloudstack_host_domains{host="kvm1",host_id="host-uuid-1",state="paused"} 1
)");
}

TEST(HostDomains, has_no_series_for_a_host_that_fell_silent) {
    auto fell_silent = a_silence(host_id(1));
    fell_silent.domains = {{"i-2-43-VM", "7f1c0000-0000-4000-8000-100000000043", DomainState::running}};
    const auto snapshot = SnapshotBuilder().host(a_host(1)).witness(fell_silent).build();
    EXPECT_EQ(text_of(families::host_domains, snapshot), "");
}

TEST(HostDomains, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_domains, SnapshotBuilder::nothing()), "");
}

}  // namespace
