#include "inventory/model/vm_picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using namespace std::chrono_literals;
using support::host_id;
using support::now;
using support::Scene;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Recorded Running on host 1, where it was seen alive until now; host 3 was asked before that.
Scene just_vanished() {
    Scene scene;
    for (auto& [host, answer] : scene.answers) {
        answer.asked_at = now;
    }
    scene.answers[host_id(3)].asked_at = now - 1s;
    scene.records.read_at = now;
    scene.pictured_since = now;
    return scene;
}

TEST(VmPicture, a_vm_that_vanished_is_not_dead_before_everybody_was_asked_again) {
    auto scene = just_vanished();
    const auto verdict = scene.judge();
    EXPECT_EQ(verdict.kind, DriftKind::unknown);
    EXPECT_EQ(verdict.shown, HypervisorState::unknown);
    EXPECT_THAT(verdict.awaited, ElementsAre(host_id(3)));
    EXPECT_THAT(verdict.reason, HasSubstr("kvm3 (host 3), which has not been asked since"));
    scene.answers[host_id(3)].asked_at = now;
    EXPECT_EQ(scene.judge().kind, DriftKind::stopped_out_of_band);
    EXPECT_THAT(scene.judge().awaited, IsEmpty());
}

TEST(VmPicture, a_vm_that_vanished_is_not_dead_before_its_record_was_read_again) {
    auto scene = just_vanished();
    scene.answers[host_id(3)].asked_at = now;
    scene.records.read_at = now - 1s;
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    EXPECT_TRUE(scene.judge().awaits_record);
    EXPECT_THAT(scene.judge().reason, HasSubstr("counts once CloudStack's record has been asked again"));
}

TEST(VmPicture, a_life_that_is_news_does_not_count_against_an_older_record) {
    Scene scene;
    scene.vm = support::a_stopped_vm();
    scene.show(1);
    scene.pictured_since = now - 1s;
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    EXPECT_TRUE(scene.judge().awaits_record);
    scene.records.read_at = now;
    EXPECT_EQ(scene.judge().kind, DriftKind::running_recorded_stopped);
}

TEST(VmPicture, agreement_needs_no_second_look) {
    Scene scene;
    scene.show(1);
    scene.pictured_since = now;
    EXPECT_EQ(scene.judge().kind, DriftKind::none);
    EXPECT_THAT(scene.judge().awaited, IsEmpty());
    EXPECT_FALSE(scene.judge().awaits_record);
}

VmPicture a_picture() {
    return {VmState::running, host_id(1), 4, {host_id(1)}};
}

TEST(PictureHistory, lasts_as_long_as_nothing_changes_on_either_side) {
    PictureHistory history;
    const VmId vm{10};
    EXPECT_EQ(history.note(vm, a_picture(), now), now);
    EXPECT_EQ(history.note(vm, a_picture(), now + 5s), now);
    auto moved = a_picture();
    moved.may_live_on = {host_id(2)};
    EXPECT_EQ(history.note(vm, moved, now + 6s), now + 6s);
    auto restarted = moved;
    restarted.update_count += 3;
    EXPECT_EQ(history.note(vm, restarted, now + 7s), now + 7s);
    EXPECT_EQ(history.note(vm, restarted, now + 8s), now + 7s);
}

TEST(PictureHistory, begins_anew_when_the_clock_went_back) {
    PictureHistory history;
    (void)history.note(VmId{10}, a_picture(), now + 1h);
    EXPECT_EQ(history.note(VmId{10}, a_picture(), now), now);
}

TEST(PictureHistory, forgets_whose_row_is_gone) {
    PictureHistory history;
    (void)history.note(VmId{10}, a_picture(), now);
    history.forget_unnoted();
    history.forget_unnoted();
    EXPECT_EQ(history.note(VmId{10}, a_picture(), now + 9s), now + 9s);
}

VmPicture picture_in(const Scene& scene) {
    const auto witnesses = scene.witnesses();
    const DomainIndex index{witnesses, now, scene.limits.freshness};
    const FleetView fleet{scene.records, index, scene.limits, now};
    return picture_of(fleet.facts_of(scene.vm));
}

TEST(VmPicture, of_a_vm_that_lives_twice_is_not_changed_by_the_row_that_each_report_rewrites) {
    VmFacts facts;
    auto vm = support::a_vm();
    facts.record = &vm;
    facts.sightings = {{host_id(1), DomainState::running, now}, {host_id(2), DomainState::running, now}};
    const auto before = picture_of(facts);
    vm.host = host_id(2);
    ++vm.update_count;
    EXPECT_EQ(picture_of(facts), before);
    vm.state = VmState::stopped;
    EXPECT_NE(picture_of(facts), before);
}

TEST(VmPicture, a_silent_host_that_showed_it_last_is_part_of_it) {
    Scene scene;
    scene.show(1);
    scene.show(2);
    scene.show(3, DomainState::shutoff);
    scene.silence(2);
    EXPECT_THAT(picture_in(scene).may_live_on, ElementsAre(host_id(1), host_id(2)));
}

TEST(VmPicture, of_a_vm_that_is_seen_nowhere_changes_when_the_last_silent_host_answers) {
    const Scene all_answer;
    auto one_is_silent = all_answer;
    one_is_silent.silence(3);
    auto two_are_silent = one_is_silent;
    two_are_silent.silence(2);
    EXPECT_EQ(picture_in(two_are_silent), picture_in(one_is_silent));
    EXPECT_NE(picture_in(one_is_silent), picture_in(all_answer));
}

TEST(VmPicture, of_a_vm_that_is_seen_does_not_depend_on_silent_hosts) {
    Scene all_answer;
    all_answer.show(1);
    all_answer.show(2);
    auto one_is_silent = all_answer;
    one_is_silent.silence(3);
    EXPECT_EQ(picture_in(one_is_silent), picture_in(all_answer));
}

}  // namespace
}  // namespace inventory
