#include "inventory/model/drift_history.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using namespace std::chrono_literals;
using support::now;

constexpr VmId vm{10};

TEST(DriftHistory, keeps_the_first_time_while_the_kind_lasts) {
    DriftHistory history;
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now), now);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 10s), now);
    EXPECT_EQ(history.note(VmId{11}, DriftKind::stopped_out_of_band, now + 10s), now + 10s);
}

TEST(DriftHistory, starts_anew_after_a_moment_of_unknown) {
    DriftHistory history;
    history.note(vm, DriftKind::stopped_out_of_band, now);
    history.note(vm, DriftKind::unknown, now + 10s);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now + 20s), now + 20s);
}

TEST(DriftHistory, starts_anew_when_the_clock_goes_back) {
    DriftHistory history;
    history.note(vm, DriftKind::stopped_out_of_band, now);
    EXPECT_EQ(history.note(vm, DriftKind::stopped_out_of_band, now - 1h), now - 1h);
}

TEST(DriftHistory, forgets_what_was_not_noted_again) {
    DriftHistory history;
    history.note(vm, DriftKind::wrong_host, now);
    history.forget_unnoted();
    EXPECT_EQ(history.note(vm, DriftKind::wrong_host, now + 1s), now) << "noted before the first call";
    history.forget_unnoted();
    history.forget_unnoted();
    EXPECT_EQ(history.note(vm, DriftKind::wrong_host, now + 2s), now + 2s);
}

}  // namespace
}  // namespace inventory
