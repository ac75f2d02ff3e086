#include "controller/page/witnesses.hpp"

#include <gtest/gtest.h>

#include "tests/support/snapshot_builder.hpp"

namespace controller::page {
namespace {

using inventory::DriftKind;
using inventory::HypervisorState;
using support::a_host;
using support::a_vm;
using support::now;

TEST(Drifted, are_named_with_their_host_the_newest_first) {
    const auto dead = support::verdict(DriftKind::stopped_out_of_band, HypervisorState::absent);
    const auto snapshot = support::SnapshotBuilder{}
                              .host(a_host(1))
                              .vm(a_vm(10), dead, now - std::chrono::minutes{9})
                              .vm(a_vm(11), dead, now - std::chrono::minutes{2})
                              .vm(a_vm(12))
                              .build();
    const auto drifted = drifted_in(snapshot);
    ASSERT_EQ(drifted.items.size(), 2U);
    EXPECT_EQ(drifted.in_all, 2U);
    EXPECT_EQ(drifted.items.at(0).name, "i-2-11-VM");
    EXPECT_EQ(drifted.items.at(1).name, "i-2-10-VM");
    EXPECT_EQ(drifted.items.at(1).host, "kvm1");
    EXPECT_EQ(drifted.items.at(1).kind, "stopped_out_of_band");
}

TEST(Drifted, leave_out_what_is_unknown_and_that_is_told_apart) {
    const auto snapshot =
        support::SnapshotBuilder{}
            .vm(a_vm(10), support::verdict(DriftKind::unknown, HypervisorState::unknown), now)
            .vm(a_vm(11))
            .build();
    EXPECT_EQ(drifted_in(snapshot).in_all, 0U);
    EXPECT_EQ(witnesses_of(snapshot).undecided, 1U);
}

TEST(Drifted, are_counted_when_they_are_too_many_to_show) {
    support::SnapshotBuilder builder;
    for (std::uint64_t i = 0; i < 100; ++i) {
        builder.vm(a_vm(i), support::verdict(DriftKind::wrong_host, HypervisorState::running), now);
    }
    const auto drifted = drifted_in(builder.build());
    EXPECT_EQ(drifted.in_all, 100U);
    EXPECT_LT(drifted.items.size(), 30U);
}

TEST(WitnessesOf, name_every_silent_host_and_why) {
    auto silence = support::a_silence(support::host_id(1));
    silence.error = "connection refused";
    const auto witnesses =
        witnesses_of(support::SnapshotBuilder{}.host(a_host(1)).host(a_host(2)).witness(silence).build());
    EXPECT_TRUE(witnesses.database_up);
    EXPECT_EQ(witnesses.hosts, 2U);
    ASSERT_EQ(witnesses.silent.items.size(), 2U);
    EXPECT_EQ(witnesses.silent.items.at(0).error, "connection refused");
    EXPECT_EQ(witnesses.silent.items.at(1).error, "not asked yet");
}

TEST(WitnessesOf, know_nothing_before_the_first_reading) {
    const auto snapshot = support::SnapshotBuilder::nothing();
    EXPECT_FALSE(witnesses_of(snapshot).records_read_at);
    EXPECT_EQ(drifted_in(snapshot).in_all, 0U);
}

}  // namespace
}  // namespace controller::page
