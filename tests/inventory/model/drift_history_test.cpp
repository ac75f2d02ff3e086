#include "inventory/model/drift_history.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using namespace std::chrono_literals;
using support::now;

constexpr VmId vm{10};

TEST(DriftHistory, keeps_the_first_time_while_the_kind_lasts) {
    DriftHistory history{30s};
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now), now);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 10s), now);
    EXPECT_EQ(history.note(VmId{11}, DriftKind::stopped_out_of_band, now + 10s), now + 10s);
}

TEST(DriftHistory, starts_anew_after_a_moment_of_unknown) {
    DriftHistory history{30s};
    history.note(vm, DriftKind::stopped_out_of_band, now);
    history.note(vm, DriftKind::unknown, now + 10s);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 20s), now + 20s);
}

TEST(DriftHistory, starts_anew_when_the_clock_goes_back) {
    DriftHistory history{30s};
    history.note(vm, DriftKind::stopped_out_of_band, now);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now - 1h), now - 1h);
}

TEST(DriftHistory, starts_anew_after_a_pause_in_which_nobody_looked) {
    DriftHistory history{30s};
    history.note(vm, DriftKind::stopped_out_of_band, now);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 30s), now);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 61s), now + 61s)
        << "a process that stood still, or a clock that leapt";
}

TEST(DriftHistory, starts_anew_when_the_clock_goes_back_though_not_behind_the_first_time) {
    DriftHistory history{30s};
    history.note(vm, DriftKind::stopped_out_of_band, now);
    history.note(vm, DriftKind::stopped_out_of_band, now + 20s);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 10s), now + 10s);
}

TEST(DriftHistory, forgets_what_was_not_noted_again) {
    DriftHistory history{30s};
    history.note(vm, DriftKind::wrong_host, now);
    history.forget_unnoted();
    EXPECT_EQ(history.note(vm, DriftKind::wrong_host, now + 1s), now) << "noted before the first call";
    history.forget_unnoted();
    history.forget_unnoted();
    EXPECT_EQ(history.note(vm, DriftKind::wrong_host, now + 2s), now + 2s);
}

TEST(DriftHistory, inherits_the_time_of_the_same_kind_only) {
    DriftHistory history{std::chrono::seconds{30}};
    const inventory::VmId same{1};
    const inventory::VmId other{2};
    (void)history.note(same, inventory::DriftKind::wrong_host, support::now);
    (void)history.note(other, inventory::DriftKind::none, support::now);
    const auto earlier = support::now - std::chrono::seconds{9};
    for (const auto one : {same, other, inventory::VmId{3}}) {
        history.inherit(one, inventory::DriftKind::wrong_host, earlier);
    }
    EXPECT_EQ(history.note(same, inventory::DriftKind::wrong_host, support::now), earlier);
    EXPECT_EQ(history.note(other, inventory::DriftKind::none, support::now), support::now);
    EXPECT_EQ(history.note(inventory::VmId{3}, inventory::DriftKind::wrong_host, support::now), support::now);
}

}  // namespace
}  // namespace inventory
