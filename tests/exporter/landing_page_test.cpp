#include "exporter/landing_page.hpp"

#include <chrono>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/families/families.hpp"
#include "tests/support/snapshot_builder.hpp"

namespace {

using inventory::DriftKind;
using inventory::HypervisorState;
using support::a_host;
using support::a_silence;
using support::a_vm;
using support::a_witness;
using support::host_id;
using support::now;
using support::SnapshotBuilder;
using testing::HasSubstr;
using testing::Not;

std::string html_of(SnapshotBuilder& cloud) {
    cloud.collector({"vms", true, "", std::chrono::milliseconds{12}, now});
    const auto page = exporter::make_page(std::make_shared<const inventory::Snapshot>(cloud.build()),
                                          exporter::families::whole_page(), 0);
    return exporter::landing_page(page, "/metrics", now + std::chrono::seconds{3});
}

TEST(LandingPage, says_what_each_source_says_and_how_fresh_it_is) {
    SnapshotBuilder cloud;
    const auto html = html_of(cloud.host(a_host(1)).vm(a_vm(43)).witness(a_witness(host_id(1))));
    EXPECT_THAT(html, HasSubstr("read 3.0s ago: 1 VMs, 1 hosts"));
    EXPECT_THAT(html, HasSubstr("1 of 1 hosts answer"));
    EXPECT_THAT(html, HasSubstr("last success 3.0s ago"));
    EXPECT_THAT(html, HasSubstr("<a href=\"/metrics\">"));
    EXPECT_THAT(html, HasSubstr("<code>cloudstack_vm_state</code>"));
    EXPECT_THAT(html, Not(HasSubstr("Drifted")));
    EXPECT_THAT(html, Not(HasSubstr("Silent")));
}

TEST(LandingPage, lists_the_first_silent_hosts_and_says_why) {
    SnapshotBuilder cloud;
    for (std::uint64_t host = 1; host <= 10; ++host) {
        cloud.host(a_host(host)).witness(a_silence(host_id(host)));
    }
    const auto html = html_of(cloud);
    EXPECT_THAT(html, HasSubstr("Silent hosts: 10"));
    EXPECT_THAT(html, HasSubstr("no answer within 5s"));
    EXPECT_THAT(html, HasSubstr("and 2 more"));
}

TEST(LandingPage, leads_from_a_drifted_vm_to_why_it_drifts) {
    SnapshotBuilder cloud;
    const auto dead = support::verdict(DriftKind::stopped_out_of_band, HypervisorState::absent);
    const auto html = html_of(cloud.vm(a_vm(43), dead).vm(a_vm(44)));
    EXPECT_THAT(html, HasSubstr("Drifted VMs: 1"));
    EXPECT_THAT(html, HasSubstr("<a href=\"/debug/vm/7f1c0000-0000-4000-8000-100000000043\">i-2-43-VM</a>"));
    EXPECT_THAT(html, HasSubstr("stopped_out_of_band"));
}

TEST(LandingPage, shows_what_the_cloud_says_as_text) {
    SnapshotBuilder cloud;
    auto host = a_host(1);
    host.name = "<script>alert(1)</script>";
    const auto html = html_of(cloud.host(host).witness(a_silence(host_id(1))).database_down("\"a\" & <b>"));
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(html, HasSubstr("&quot;a&quot; &amp; &lt;b&gt;"));
}

TEST(LandingPage, says_that_nothing_was_read_yet) {
    EXPECT_THAT(exporter::landing_page(exporter::Page{}, "/metrics", now),
                HasSubstr("has not been read yet"));
}

}  // namespace
