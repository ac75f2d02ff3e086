#pragma once

#include <map>

#include "controller/model/action.hpp"
#include "controller/model/policy.hpp"
#include "controller/model/world.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/worlds_dice.hpp"

/// Worlds to decide on: in the plain one every guard passes, and a test breaks what it is about.
namespace support {

inline controller::Policy a_policy() {
    controller::Policy policy;
    for (const auto remedy : controller::all_remedies) {
        policy.remedies[remedy].mode = controller::Mode::automatic;
    }
    policy.opt_out.value = "off";
    return policy;
}

inline controller::Action an_action() {
    controller::Action action;
    action.id = 1;
    action.remedy = controller::Remedy::stop_sync;
    action.alert_name = "CloudStackVMStoppedOutOfBand";
    action.fingerprint = "0123456789abcdef";
    action.starts_at = now - std::chrono::minutes{6};
    action.vm_uuid = a_vm().uuid;
    action.state_since = now - std::chrono::minutes{5};
    return action;
}

/// An answer of a second ago: no domain of the VM.
inline controller::CandidateHost a_candidate(std::uint64_t number) {
    controller::CandidateHost candidate;
    candidate.id = host_id(number);
    candidate.name = "kvm" + std::to_string(number);
    candidate.status = "Up";
    candidate.answered = true;
    candidate.answer_asked_at = now - std::chrono::seconds{1};
    return candidate;
}

/// An attempt of two hours ago that failed.
inline controller::Attempt an_attempt() {
    controller::Attempt attempt;
    attempt.id = 5;
    attempt.action_id = 1;
    attempt.vm_uuid = a_vm().uuid;
    attempt.intent_at = now - std::chrono::hours{2};
    attempt.expires_at = attempt.intent_at + std::chrono::minutes{1};
    attempt.judged_update_count = 4;
    attempt.outcome = controller::AttemptOutcome::failed;
    attempt.ended_at = attempt.intent_at + std::chrono::seconds{30};
    return attempt;
}

/// Twenty VMs, of which this one alone died.
inline controller::FleetGroup a_group(std::string name) {
    controller::FleetGroup group;
    group.name = std::move(name);
    group.vms = 20;
    group.drifted = 1;
    return group;
}

/// Calm around the VM, and watched for long.
inline controller::FleetFacts a_fleet() {
    controller::FleetFacts fleet;
    fleet.counted_at = now - std::chrono::seconds{2};
    fleet.watched_since = now - std::chrono::hours{1};
    fleet.host = a_group("host kvm1");
    fleet.cluster = a_group("cluster cluster1");
    fleet.zone = a_group("zone zone1");
    return fleet;
}

/// This controller leads, for twelve seconds more.
inline controller::Leadership a_leadership() {
    return {.controller = "one/1", .holder = "one/1", .token = 7, .left = std::chrono::seconds{12}};
}

/// The second decision on a VM that died five minutes ago: everything passes.
inline controller::World a_world() {
    controller::World world;
    world.now = now;
    world.fresh = true;
    world.database_up = true;
    world.records_read_at = now - std::chrono::seconds{2};
    world.rows = {a_vm()};
    world.rows.front().account = "alice";
    world.rows.front().domain_path = "/research/";
    world.verdict = inventory::Verdict{inventory::DriftKind::stopped_out_of_band,
                                       inventory::HypervisorState::absent,
                                       inventory::ReportStatus::missing_unhandled,
                                       {},
                                       "CloudStack records it Running, but no domain exists"};
    world.drift_since = now - std::chrono::minutes{5};
    world.host = a_host(1);
    world.manager = a_manager();
    world.managers = {a_manager()};
    world.candidates = {a_candidate(1), a_candidate(2), a_candidate(3)};
    world.ping_interval = std::chrono::seconds{60};
    world.jobs.emplace();
    world.ha_work.emplace();
    world.judged_update_count = a_vm().update_count;
    world.fleet = a_fleet();
    world.scope = controller::ScopeFacts{"zone1", "cluster1", std::vector<std::string>{}};
    world.operators.emplace();
    world.leadership = a_leadership();
    return world;
}

/// All that a decision is made on.
struct Case {
    controller::Action action = an_action();
    controller::World world = a_world();
    controller::Policy policy = a_policy();
};

/// The job of the stop that ha_restart made.
constexpr auto our_stop_job = "5d1f0000-0000-4000-8000-000000000001";

/// ha_restart before its stop, or after: everything passes.
Case a_restart_case(controller::Stage stage);

/// The case a few blows away from the one given, so that acting and holding are both common. Some blows
/// change nothing that matters, some only matter together.
Case random_case(Dice& dice, Case c = {});

/// The same, of any remedy in any stage.
Case random_case_of_any_remedy(Dice& dice);

}  // namespace support
