#include <chrono>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::a_silence;
using support::a_witness;
using support::host_id;
using support::now;
using support::SnapshotBuilder;

TEST(HostLibvirtLastSuccessTimestampSeconds, is_when_the_last_good_answer_was_asked_for) {
    auto fell_silent = a_silence(host_id(2));
    fell_silent.asked_at = now - std::chrono::minutes{1};
    const auto snapshot = SnapshotBuilder()
                              .host(a_host(1))
                              .host(a_host(2))
                              .host(a_host(3))
                              .witness(a_witness(host_id(1), {}))
                              .witness(fell_silent)
                              .witness(a_silence(host_id(3)))
                              .build();
    EXPECT_EQ(
        text_of(families::host_libvirt_last_success_timestamp_seconds, snapshot),
        R"(# HELP cloudstack_host_libvirt_last_success_timestamp_seconds When the host's libvirt was last asked with success.
# TYPE cloudstack_host_libvirt_last_success_timestamp_seconds gauge
cloudstack_host_libvirt_last_success_timestamp_seconds{host="kvm1",host_id="host-uuid-1"} 1773478799
cloudstack_host_libvirt_last_success_timestamp_seconds{host="kvm2",host_id="host-uuid-2"} 1773478740
)");
}

TEST(HostLibvirtLastSuccessTimestampSeconds, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::host_libvirt_last_success_timestamp_seconds, SnapshotBuilder::nothing()), "");
}

}  // namespace
