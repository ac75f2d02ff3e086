#include "inventory/model/report_status.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {

void PrintTo(const std::optional<ReportStatus>& status, std::ostream* out) {
    *out << (status ? to_word(*status) : "not due");
}

namespace {

using namespace std::chrono_literals;
using support::now;

/// A VM and what its report is judged with: ping.interval 60 s, no job, host and management server alive.
struct Reported {
    VmRecord vm = support::a_vm();
    HostRecord host = support::a_host(1);
    std::optional<bool> manager_alive = true;
    std::optional<bool> job = false;
    std::optional<std::chrono::seconds> ping_interval = 60s;

    [[nodiscard]] std::optional<ReportStatus> status() const {
        return report_status(vm, {vm.host ? &host : nullptr, &host, manager_alive, job, ping_interval}, now);
    }

    Reported& with(PowerState power, std::uint32_t count, Duration age) {
        vm.power_state = power;
        vm.report_count = count;
        vm.report_time = now - age;
        return *this;
    }
};

TEST(ReportStatus, of_a_settled_report_is_fresh_at_any_age) {
    EXPECT_EQ(Reported{}.with(PowerState::on, 3, 24h * 300).status(), ReportStatus::fresh);
    EXPECT_EQ(Reported{}.with(PowerState::on, 3, -48h).status(), ReportStatus::fresh);
}

TEST(ReportStatus, of_a_settled_report_needs_no_ping_interval) {
    Reported reported;
    reported.ping_interval.reset();
    EXPECT_EQ(reported.status(), ReportStatus::fresh);
}

TEST(ReportStatus, r1_counts_down_after_one_and_a_half_intervals) {
    for (const auto state : {VmState::running, VmState::starting, VmState::stopping}) {
        Reported reported;
        reported.vm.state = state;
        EXPECT_EQ(reported.with(PowerState::on, 0, 90s).status(), ReportStatus::fresh);
        EXPECT_EQ(reported.with(PowerState::on, 0, 91s).status(), ReportStatus::missing_countdown);
        EXPECT_EQ(reported.with(PowerState::unknown, 0, 91s).status(), ReportStatus::missing_countdown);
        reported.job = true;
        EXPECT_EQ(reported.status(), ReportStatus::fresh);
        reported.job.reset();
        EXPECT_EQ(reported.status(), ReportStatus::unknowable);
    }
}

TEST(ReportStatus, r1_reads_a_report_that_never_came_from_the_last_change) {
    Reported reported;
    reported.vm.report_count.reset();
    reported.vm.report_time.reset();
    reported.vm.update_time = now - 91s;
    EXPECT_EQ(reported.status(), ReportStatus::missing_countdown);
    reported.vm.update_time.reset();
    reported.vm.created = now - 10s;
    EXPECT_EQ(reported.status(), ReportStatus::fresh);
}

TEST(ReportStatus, r2_is_interrupted_when_the_count_stays_below_three) {
    EXPECT_EQ(Reported{}.with(PowerState::on, 2, 180s).status(), ReportStatus::fresh);
    EXPECT_EQ(Reported{}.with(PowerState::on, 2, 181s).status(), ReportStatus::interrupted);
    EXPECT_EQ(Reported{}.with(PowerState::on, 1, 181s).status(), ReportStatus::interrupted);
}

TEST(ReportStatus, r3_is_unhandled_after_two_intervals) {
    EXPECT_EQ(Reported{}.with(PowerState::report_missing, 1, 120s).status(), ReportStatus::fresh);
    EXPECT_EQ(Reported{}.with(PowerState::report_missing, 1, 121s).status(), ReportStatus::missing_unhandled);
    EXPECT_EQ(Reported{}.with(PowerState::report_missing, 3, 24h).status(), ReportStatus::missing_unhandled);
}

TEST(ReportStatus, r4_diverges_when_a_stopped_vm_is_reported_on) {
    Reported reported;
    reported.vm = support::a_stopped_vm();
    EXPECT_EQ(reported.status(), std::nullopt);
    EXPECT_EQ(reported.with(PowerState::on, 3, 24h).status(), ReportStatus::diverged);
    EXPECT_EQ(reported.with(PowerState::on, 1, 179s).status(), ReportStatus::diverged);
    EXPECT_EQ(reported.with(PowerState::on, 1, 181s).status(), std::nullopt);
    reported.host.status = "Down";
    EXPECT_EQ(reported.with(PowerState::on, 1, 10s).status(), std::nullopt);
}

TEST(ReportStatus, r6_is_unknowable_while_the_host_cannot_report) {
    Reported down;
    down.host.status = "Disconnected";
    EXPECT_EQ(down.status(), ReportStatus::unknowable);
    Reported dead;
    dead.manager_alive = false;
    EXPECT_EQ(dead.status(), ReportStatus::unknowable);
    Reported unread;
    unread.manager_alive.reset();
    EXPECT_EQ(unread.status(), ReportStatus::unknowable);
    Reported homeless;
    homeless.vm.host.reset();
    EXPECT_EQ(homeless.status(), ReportStatus::unknowable);
}

TEST(ReportStatus, is_unknowable_when_it_rests_on_an_age_that_means_nothing) {
    EXPECT_EQ(Reported{}.with(PowerState::report_missing, 1, -2h).status(), ReportStatus::unknowable);
    Reported unread;
    unread.ping_interval.reset();
    EXPECT_EQ(unread.with(PowerState::on, 0, 91s).status(), ReportStatus::unknowable);
}

TEST(ReportStatus, r7_is_wrong_host_when_another_host_reports) {
    Reported reported;
    reported.vm.power_host = support::host_id(2);
    EXPECT_EQ(reported.status(), ReportStatus::wrong_host);
    reported.job = true;
    EXPECT_EQ(reported.status(), ReportStatus::fresh);
    reported.job.reset();
    EXPECT_EQ(reported.status(), ReportStatus::unknowable);
}

TEST(ReportStatus, is_not_due_for_what_is_gone) {
    for (const auto state : {VmState::destroyed, VmState::expunging, VmState::error}) {
        Reported reported;
        reported.vm.state = state;
        EXPECT_EQ(reported.status(), std::nullopt);
    }
}

}  // namespace
}  // namespace inventory
