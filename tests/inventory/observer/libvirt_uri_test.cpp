#include <gtest/gtest.h>

#include "inventory/observer/observatory.hpp"
#include "tests/support/builders.hpp"

namespace inventory::observer {
namespace {

std::string uri_of(const ObservationPlan& plan, const HostRecord& host) {
    return libvirt_uri(plan, host, support::a_cloud().clusters);
}

ObservationPlan plan_with(std::string uri) {
    ObservationPlan plan;
    plan.libvirt_uri = std::move(uri);
    return plan;
}

TEST(LibvirtUri, holds_the_hosts_address_and_name) {
    EXPECT_EQ(uri_of(plan_with("qemu+tls://{private_ip}/system?name={name}"), support::a_host(1)),
              "qemu+tls://10.0.0.1/system?name=kvm1");
}

TEST(LibvirtUri, of_the_operator_wins) {
    auto plan = plan_with("qemu+tls://{private_ip}/system");
    plan.uri_overrides["kvm1"] = "qemu:///system";
    EXPECT_EQ(uri_of(plan, support::a_host(1)), "qemu:///system");
    EXPECT_EQ(uri_of(plan, support::a_host(2)), "qemu+tls://10.0.0.2/system");
}

TEST(LibvirtUri, follows_the_template_of_the_hosts_cluster) {
    auto plan = plan_with("qemu+tls://{private_ip}/system");
    plan.cluster_uris["cluster1"] = "qemu+ssh://{name}/system";
    plan.uri_overrides["kvm2"] = "qemu:///system";
    EXPECT_EQ(uri_of(plan, support::a_host(1)), "qemu+ssh://kvm1/system");
    EXPECT_EQ(uri_of(plan, support::a_host(2)), "qemu:///system");
    EXPECT_EQ(uri_of(plan, support::a_host(3, 2)), "qemu+tls://10.0.0.3/system");
    auto clusterless = support::a_host(4);
    clusterless.cluster.reset();
    EXPECT_EQ(uri_of(plan, clusterless), "qemu+tls://10.0.0.4/system");
}

TEST(LibvirtUri, puts_an_ipv6_address_into_brackets) {
    auto host = support::a_host(1);
    host.private_ip = "2001:db8::1";
    EXPECT_EQ(uri_of(plan_with("qemu+tls://{private_ip}/system"), host), "qemu+tls://[2001:db8::1]/system");
}

TEST(LibvirtUri, a_hostile_name_adds_no_parameter) {
    auto host = support::a_host(1);
    host.name = "kvm1/system?command=/bin/evil&x={private_ip}";
    const auto uri = uri_of(plan_with("qemu+ssh://{name}/system"), host);
    EXPECT_EQ(uri.find('?'), std::string::npos) << uri;
    EXPECT_EQ(uri.find('&'), std::string::npos) << uri;
}

}  // namespace
}  // namespace inventory::observer
