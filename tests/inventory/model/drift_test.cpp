#include "inventory/model/drift.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {

void PrintTo(DriftKind kind, std::ostream* out) {
    *out << to_word(kind);
}

void PrintTo(HypervisorState state, std::ostream* out) {
    *out << to_word(state);
}

namespace {

using namespace std::chrono_literals;
using support::host_id;
using support::now;
using support::Scene;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::array alive_states{DomainState::running, DomainState::paused, DomainState::crashed,
                                  DomainState::pmsuspended, DomainState::no_state};
constexpr std::array off_states{VmState::stopped, VmState::destroyed, VmState::expunging, VmState::error};

TEST(Drift, is_none_where_the_vm_is_alive_as_recorded) {
    for (const auto state : alive_states) {
        Scene scene;
        scene.show(1, state);
        EXPECT_EQ(scene.judge().kind, DriftKind::none) << to_word(state);
        EXPECT_THAT(scene.judge().alive_on, ElementsAre(host_id(1)));
    }
}

TEST(Drift, is_none_where_the_vm_is_off_as_recorded) {
    for (const auto state : off_states) {
        Scene scene;
        scene.vm = support::a_stopped_vm();
        scene.vm.state = state;
        EXPECT_EQ(scene.judge().kind, DriftKind::none) << to_word(state);
    }
}

TEST(Drift, of_a_vm_that_died_unseen_is_stopped_out_of_band) {
    Scene scene;
    EXPECT_EQ(scene.judge().kind, DriftKind::stopped_out_of_band);
    EXPECT_EQ(scene.judge().shown, HypervisorState::absent);
    EXPECT_THAT(scene.judge().reason, HasSubstr("Running on kvm1 (host 1)"));
}

TEST(Drift, a_domain_that_is_shut_off_is_no_life) {
    Scene scene;
    scene.show(1, DomainState::shutoff);
    EXPECT_EQ(scene.judge().kind, DriftKind::stopped_out_of_band);
    EXPECT_EQ(scene.judge().shown, HypervisorState::shutoff);
}

TEST(Drift, silence_of_a_host_is_not_death) {
    for (const std::uint64_t silent : {1U, 2U, 3U}) {
        Scene scene;
        scene.silence(silent);
        const auto verdict = scene.judge();
        EXPECT_EQ(verdict.kind, DriftKind::unknown);
        EXPECT_EQ(verdict.shown, HypervisorState::unknown);
        EXPECT_THAT(verdict.reason, HasSubstr("kvm" + std::to_string(silent)));
    }
}

TEST(Drift, a_host_that_was_never_asked_is_not_death) {
    Scene scene;
    scene.answers.erase(host_id(2));
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, an_answer_that_is_old_or_from_the_future_is_not_death) {
    for (const auto asked_at : {now - 31s, now + 1s}) {
        Scene scene;
        scene.answers[host_id(2)].asked_at = asked_at;
        EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    }
}

TEST(Drift, is_unknown_by_records_that_are_old_or_from_the_future) {
    for (const auto read_at : {now - 31s, now + 1s}) {
        Scene scene;
        scene.records.read_at = read_at;
        EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    }
}

TEST(Drift, an_empty_list_of_hosts_is_not_death) {
    Scene scene;
    scene.records.hosts.clear();
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    scene.vm = support::a_stopped_vm();
    scene.vm.last_host.reset();
    scene.vm.power_host.reset();
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, a_recorded_host_without_a_live_row_cannot_be_asked) {
    Scene scene;
    scene.vm.host = host_id(99);
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, of_a_running_vm_without_a_host_is_unknown) {
    Scene scene;
    scene.vm.host.reset();
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, a_silent_host_beyond_the_candidates_that_last_showed_it_alive_is_a_suspect) {
    Scene scene;
    scene.records.hosts.push_back(support::a_host(4, 2));
    scene.answers[host_id(4)] = support::a_witness(host_id(4));
    scene.silence(4);
    EXPECT_EQ(scene.judge().kind, DriftKind::stopped_out_of_band) << "another cluster is out of reach";
    scene.show(4);
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, in_the_scope_of_the_zone_every_cluster_is_a_witness) {
    Scene scene;
    scene.records.hosts.push_back(support::a_host(4, 2));
    scene.limits.scope = CandidateScope::zone;
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, of_two_live_domains_is_duplicate_running) {
    for (const auto state : alive_states) {
        Scene scene;
        scene.show(1);
        scene.show(2, state);
        EXPECT_EQ(scene.judge().kind, DriftKind::duplicate_running) << to_word(state);
        EXPECT_THAT(scene.judge().alive_on, ElementsAre(host_id(1), host_id(2)));
    }
}

TEST(Drift, a_migration_is_no_duplicate) {
    Scene migrating;
    migrating.show(1);
    migrating.show(2, DomainState::paused);
    migrating.vm.state = VmState::migrating;
    migrating.vm.update_time = now - 10s;
    migrating.start_job();
    EXPECT_EQ(migrating.judge().kind, DriftKind::none);

    Scene beginning;
    beginning.show(1);
    beginning.show(2);
    beginning.start_job();
    EXPECT_EQ(beginning.judge().kind, DriftKind::none);
}

TEST(Drift, two_live_domains_with_unknown_jobs_are_unknown) {
    Scene scene;
    scene.show(1);
    scene.show(2);
    scene.records.vm_jobs.reset();
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, two_live_domains_of_a_stopped_vm_are_duplicates_whatever_the_jobs) {
    Scene scene;
    scene.vm = support::a_stopped_vm();
    scene.show(1);
    scene.show(2);
    scene.records.vm_jobs.reset();
    EXPECT_EQ(scene.judge().kind, DriftKind::duplicate_running);
}

TEST(Drift, of_any_life_in_a_vm_recorded_off_is_running_recorded_stopped) {
    for (const auto recorded : off_states) {
        for (const auto state : alive_states) {
            Scene scene;
            scene.vm = support::a_stopped_vm();
            scene.vm.state = recorded;
            scene.show(3, state);
            scene.silence(2);
            EXPECT_EQ(scene.judge().kind, DriftKind::running_recorded_stopped);
        }
    }
}

TEST(Drift, of_a_stopped_vm_with_a_silent_host_is_unknown) {
    Scene scene;
    scene.vm = support::a_stopped_vm();
    scene.silence(2);
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, a_report_of_absence_against_a_live_domain_is_contradicted) {
    for (const auto power : {PowerState::off, PowerState::report_missing}) {
        Scene scene;
        scene.vm.power_state = power;
        scene.show(1, DomainState::crashed);
        EXPECT_EQ(scene.judge().kind, DriftKind::report_contradicted);
    }
}

TEST(Drift, of_a_vm_on_another_host_is_wrong_host) {
    Scene scene;
    scene.show(2);
    EXPECT_EQ(scene.judge().kind, DriftKind::wrong_host);
    EXPECT_THAT(scene.judge().reason, HasSubstr("kvm2 (host 2)"));
}

TEST(Drift, wrong_host_needs_the_recorded_host_and_the_jobs) {
    Scene silent;
    silent.show(2);
    silent.silence(1);
    EXPECT_EQ(silent.judge().kind, DriftKind::unknown);

    Scene moving;
    moving.show(2);
    moving.start_job();
    EXPECT_EQ(moving.judge().kind, DriftKind::none);

    Scene unread;
    unread.show(2);
    unread.records.vm_jobs.reset();
    EXPECT_EQ(unread.judge().kind, DriftKind::unknown);
}

TEST(Drift, a_vm_that_a_silent_host_last_showed_alive_may_be_running_twice) {
    for (const std::uint64_t alive_on : {1U, 2U}) {
        Scene scene;
        scene.show(alive_on);
        scene.show(3);
        scene.silence(3);
        EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
        EXPECT_THAT(scene.judge().alive_on, ElementsAre(host_id(alive_on))) << "only what was heard";
        EXPECT_THAT(scene.judge().reason, HasSubstr("may be running twice"));
        EXPECT_THAT(scene.judge().reason, HasSubstr("kvm3 (host 3)"));
    }
}

TEST(Drift, a_silent_host_beyond_the_candidates_may_run_it_a_second_time) {
    Scene scene;
    scene.records.hosts.push_back(support::a_host(4, 2));
    scene.answers[host_id(4)] = support::a_witness(host_id(4));
    scene.show(1);
    scene.show(4);
    scene.silence(4);
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(Drift, a_silent_host_that_never_showed_it_alive_is_no_second_life) {
    Scene scene;
    scene.show(1);
    scene.show(3, DomainState::shutoff);
    scene.silence(3);
    EXPECT_EQ(scene.judge().kind, DriftKind::none);
}

TEST(Drift, a_migration_away_from_a_host_that_fell_silent_is_no_second_life) {
    Scene scene;
    scene.show(1);
    scene.show(3);
    scene.silence(3);
    scene.start_job();
    EXPECT_EQ(scene.judge().kind, DriftKind::none);
    scene.records.vm_jobs.reset();
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown) << "whether it migrates is not known";
}

TEST(Drift, a_transition_beyond_its_limit_without_a_job_is_stuck) {
    for (const auto state : {VmState::starting, VmState::stopping, VmState::migrating}) {
        Scene scene;
        scene.show(1);
        scene.vm.state = state;
        scene.vm.update_time = now - 10min;
        EXPECT_EQ(scene.judge().kind, DriftKind::none) << "at the limit";
        scene.vm.update_time = now - 11min;
        EXPECT_EQ(scene.judge().kind, DriftKind::stuck_transition);
        scene.start_job();
        EXPECT_EQ(scene.judge().kind, DriftKind::none);
        scene.records.vm_jobs.reset();
        EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    }
}

TEST(Drift, of_a_state_that_we_do_not_know_is_unknown_whatever_the_hosts_show) {
    for (const auto state : {VmState::unrecognized, VmState::unknown}) {
        Scene scene;
        scene.vm.state = state;
        EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
        scene.show(1);
        EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    }
}

TEST(Drift, a_system_vm_is_known_by_its_name) {
    Scene scene;
    scene.vm.type = "DomainRouter";
    scene.vm.instance_name = "r-4-VM";
    scene.answers[host_id(1)].domains.push_back({"r-4-VM", "another-uuid", DomainState::running});
    EXPECT_EQ(scene.judge().kind, DriftKind::none);
}

TEST(Drift, a_renamed_domain_is_known_by_its_uuid) {
    Scene scene;
    scene.answers[host_id(1)].domains.push_back({"imported", scene.vm.uuid, DomainState::running});
    EXPECT_EQ(scene.judge().kind, DriftKind::none);
}

TEST(Drift, the_liveliest_domain_is_what_the_hypervisors_show) {
    Scene scene;
    scene.show(1, DomainState::shutoff);
    scene.show(2, DomainState::paused);
    scene.silence(3);
    EXPECT_EQ(scene.judge().shown, HypervisorState::paused);
}

}  // namespace
}  // namespace inventory
