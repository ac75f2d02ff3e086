#include "inventory/model/power_proof.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using namespace std::chrono_literals;
using support::host_id;
using support::now;
using support::Scene;
using ::testing::HasSubstr;

/// kvm3 was fenced two minutes after its libvirt answered last.
class PowerOff : public ::testing::Test {
protected:
    PowerOff() {
        host.ha_state = "Fenced";
        host.power = PowerReading{.state = "Off", .enabled = true, .since = now - 8min, .reader = 7};
    }

    [[nodiscard]] std::string doubt(PowerProof proof = PowerProof::host_ha) const {
        return doubt_that_off({&host, last_answer, reader_alive}, proof, now).value_or("");
    }

    HostRecord host = support::a_host(3);
    std::optional<Time> last_answer = now - 10min;
    bool reader_alive = true;
};

TEST_F(PowerOff, is_proven_by_a_fence_and_a_reading_that_somebody_keeps) {
    EXPECT_EQ(doubt(), "");
    last_answer.reset();
    EXPECT_EQ(doubt(), "") << "never heard of since our own start";
}

TEST_F(PowerOff, is_never_proven_when_the_operator_configured_no_proof) {
    EXPECT_THAT(doubt(PowerProof::none), HasSubstr("no proof of power off is configured"));
}

TEST_F(PowerOff, is_not_proven_by_a_reading_alone) {
    for (const auto* state : {"Fencing", "Ineligible", "Degraded"}) {
        host.ha_state = state;
        EXPECT_THAT(doubt(), HasSubstr(state));
    }
    host.ha_state.reset();
    EXPECT_THAT(doubt(), HasSubstr("not configured"));
}

TEST_F(PowerOff, is_not_proven_by_a_fence_alone) {
    for (const auto* state : {"On", "Unknown", "Disabled"}) {
        host.power->state = state;
        EXPECT_THAT(doubt(), HasSubstr(state));
    }
    host.power.reset();
    EXPECT_THAT(doubt(), HasSubstr("does not read its power"));
}

TEST_F(PowerOff, is_not_proven_while_out_of_band_management_is_disabled) {
    host.power->enabled = false;
    EXPECT_THAT(doubt(), HasSubstr("does not read its power"));
}

TEST_F(PowerOff, is_not_proven_by_a_reading_that_nobody_keeps) {
    reader_alive = false;
    EXPECT_THAT(doubt(), HasSubstr("not Up with a fresh heartbeat"));
}

TEST_F(PowerOff, is_not_proven_by_a_reading_from_before_libvirt_answered_last) {
    last_answer = now - 8min;
    EXPECT_EQ(doubt(), "");
    last_answer = now - 8min + 1us;
    EXPECT_THAT(doubt(), HasSubstr("has answered since"));
}

TEST_F(PowerOff, is_not_proven_by_a_reading_of_unknown_age_or_from_the_future) {
    host.power->since = now + 1us;
    EXPECT_THAT(doubt(), HasSubstr("unknown"));
    host.power->since.reset();
    EXPECT_THAT(doubt(), HasSubstr("unknown"));
}

TEST(PowerProofWords, are_those_of_the_configuration) {
    for (const auto proof : {PowerProof::none, PowerProof::host_ha}) {
        EXPECT_EQ(parse_power_proof(to_word(proof)), proof);
    }
    EXPECT_EQ(parse_power_proof("down"), std::nullopt);
}

/// The VM is recorded Running on kvm1; kvm3 could hold it, and was off before anybody asked.
Scene a_scene_with_one_off() {
    Scene scene;
    scene.limits.power_proof = PowerProof::host_ha;
    auto& host = scene.records.hosts.at(2);
    host.status = "Down";
    host.ha_state = "Fenced";
    host.power = PowerReading{.state = "Off", .enabled = true, .since = now, .reader = 7};
    scene.silence(3);
    return scene;
}

TEST(FleetWithOneOff, knows_that_a_vm_is_dead_and_says_who_is_off) {
    const auto verdict = a_scene_with_one_off().judge();
    EXPECT_EQ(verdict.kind, DriftKind::stopped_out_of_band);
    EXPECT_EQ(verdict.shown, HypervisorState::absent);
    EXPECT_THAT(verdict.reason, HasSubstr("answered or is off (kvm3"));
}

TEST(FleetWithOneOff, knows_that_what_the_host_ran_is_dead) {
    auto scene = a_scene_with_one_off();
    scene.vm.host = scene.vm.power_host = scene.vm.last_host = host_id(3);
    scene.show(3);
    EXPECT_EQ(scene.judge().kind, DriftKind::stopped_out_of_band);
}

TEST(FleetWithOneOff, knows_nothing_without_the_configured_proof) {
    auto scene = a_scene_with_one_off();
    scene.limits.power_proof = PowerProof::none;
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(FleetWithOneOff, knows_nothing_when_the_reader_of_the_power_is_gone) {
    auto scene = a_scene_with_one_off();
    scene.records.hosts.at(2).power->reader = 8;
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
    scene.records.hosts.at(2).power->reader = 7;
    scene.records.management_servers->front().last_update = now - 1min;
    EXPECT_EQ(scene.judge().kind, DriftKind::unknown);
}

TEST(FleetWithOneOff, believes_the_host_itself_before_its_power_reading) {
    auto scene = a_scene_with_one_off();
    scene.answers[host_id(3)].up = true;
    scene.show(3);
    EXPECT_NE(scene.judge().kind, DriftKind::stopped_out_of_band);
}

}  // namespace
}  // namespace inventory
