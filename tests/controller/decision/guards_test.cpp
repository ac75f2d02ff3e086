#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/controller/decision/refusals.hpp"
#include "tests/support/guards_asked.hpp"
#include "tests/support/worlds_operators.hpp"

namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;
using support::now;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// One way to break the plain world, and the guard that then holds it alone.
struct Hold {
    std::string name;
    std::string guard;
    void (*strike)(Case&);
    std::string says;  ///< within the refusal's sentence
};

void PrintTo(const Hold& hold, std::ostream* out) {
    *out << hold.name;
}

RemedyPolicy& stop_sync(Case& c) {
    return c.policy.remedies[Remedy::stop_sync];
}

class GuardAlone : public ::testing::TestWithParam<Hold> {};

TEST_P(GuardAlone, holds) {
    Case c;
    GetParam().strike(c);
    EXPECT_THAT(refusing(c), ElementsAre(GetParam().guard));
    EXPECT_FALSE(decide(c.action, c.world, c.policy).acts());
    EXPECT_THAT(sentence_of(c, GetParam().guard), HasSubstr(GetParam().says));
}

const std::vector<Hold> holds{
    {"off", "mode", [](Case& c) { stop_sync(c).mode = Mode::off; }, "is off"},
    {"observe", "mode", [](Case& c) { stop_sync(c).mode = Mode::observe; }, "is observe"},
    {"no_policy", "mode", [](Case& c) { c.policy.remedies.clear(); }, "is off"},
    {"a_pause", "pause", [](Case& c) { c.world.operators->pauses = {support::a_pause(PauseScope::all)}; },
     "storage works"},
    {"words_that_are_unknown", "pause", [](Case& c) { c.world.operators.reset(); }, "unknown"},
    {"a_closed_window", "window", [](Case& c) { stop_sync(c).windows = {*parse_window("Sun 00:00-24:00")}; },
     "windows"},
    {"another_uuid", "identity", [](Case& c) { c.action.vm_uuid = "other"; }, "another uuid"},
    {"no_name", "identity", [](Case& c) { c.world.rows.front().instance_name.clear(); }, "instance name"},
    {"agreement", "still_true", [](Case& c) { c.world.verdict->kind = inventory::DriftKind::none; }, "none"},
    {"no_verdict", "still_true", [](Case& c) { c.world.verdict.reset(); }, "no verdict"},
    {"alive_on", "still_true", [](Case& c) { c.world.verdict->alive_on = {support::host_id(2)}; }, "alive"},
    {"a_paused_domain", "still_true",
     [](Case& c) { c.world.candidates.at(1).domain = inventory::DomainState::paused; }, "paused on kvm2"},
    {"a_system_vm", "still_true", [](Case& c) { c.world.rows.front().type = "DomainRouter"; },
     "DomainRouter"},
    {"a_vm_with_ha", "still_true", [](Case& c) { c.world.rows.front().ha_enabled = true; }, "HA"},
    {"a_vm_recorded_stopped", "still_true",
     [](Case& c) { c.world.rows.front().state = inventory::VmState::stopped; }, "Stopped"},
    {"young_drift", "grace", [](Case& c) { c.world.drift_since = now - 239s; }, "240s are required"},
    {"drift_of_unknown_age", "grace", [](Case& c) { c.world.drift_since.reset(); }, "unknown"},
    {"drift_from_the_future", "grace", [](Case& c) { c.world.drift_since = now + 1h; }, "in the future"},
    {"a_ping_interval_of_nothing", "grace", [](Case& c) { c.world.ping_interval = 0s; }, "ping.interval"},
    {"a_silent_host", "witnesses", [](Case& c) { c.world.candidates.at(2).answered = false; }, "kvm3"},
    {"an_old_answer", "witnesses", [](Case& c) { c.world.candidates.at(2).answer_asked_at = now - 31s; },
     "kvm3"},
    {"an_answer_from_the_future", "witnesses",
     [](Case& c) { c.world.candidates.at(2).answer_asked_at = now + 1us; }, "kvm3"},
    {"a_host_that_is_merely_down", "witnesses",
     [](Case& c) {
         c.world.candidates.at(2).answered = false;
         c.world.candidates.at(2).status = "Down";
         c.world.candidates.at(2).ha_state = "Fenced";
     },
     "kvm3"},
    {"a_power_reading_without_fencing", "witnesses",
     [](Case& c) {
         c.world.candidates.at(2).answered = false;
         c.world.candidates.at(2).power =
             inventory::PowerReading{.state = "Off", .enabled = true, .since = now - 5min, .reader = 7};
     },
     "kvm3"},
    {"no_candidates", "witnesses", [](Case& c) { c.world.candidates.clear(); }, "no host is known"},
    {"a_named_host_not_asked", "witnesses",
     [](Case& c) { c.world.rows.front().last_host = support::host_id(9); }, "host 9"},
    {"old_records", "witnesses", [](Case& c) { c.world.records_read_at = now - 31s; }, "not fresh"},
    {"no_records", "witnesses", [](Case& c) { c.world.records_read_at.reset(); }, "not fresh"},
    {"no_database", "witnesses", [](Case& c) { c.world.database_up = false; }, "database"},
    {"a_job", "cloudstack_idle",
     [](Case& c) {
         c.world.jobs = {{support::a_vm().id, "VmWorkReboot", now}};
     },
     "VmWorkReboot"},
    {"unknown_jobs", "cloudstack_idle", [](Case& c) { c.world.jobs.reset(); }, "jobs are unknown"},
    {"ha_work", "cloudstack_idle",
     [](Case& c) {
         c.world.ha_work = {{support::a_vm().id, "HA", "Investigating", now}};
     },
     "Investigating"},
    {"unknown_ha_work", "cloudstack_idle", [](Case& c) { c.world.ha_work.reset(); }, "HA work is unknown"},
    {"no_manager", "cloudstack_idle", [](Case& c) { c.world.manager.reset(); }, "unknown"},
    {"the_manager_of_another_host", "cloudstack_idle", [](Case& c) { c.world.manager->msid = 8; }, "unknown"},
    {"a_manager_that_is_down", "cloudstack_idle", [](Case& c) { c.world.manager->state = "Down"; }, "not Up"},
    {"an_old_heartbeat", "cloudstack_idle", [](Case& c) { c.world.manager->last_update = now - 16s; },
     "heartbeat"},
    {"a_heartbeat_from_the_future", "cloudstack_idle",
     [](Case& c) { c.world.manager->last_update = now + 2s; }, "heartbeat"},
    {"a_host_that_is_down", "host_up", [](Case& c) { c.world.host->status = "Down"; }, "kvm1 is Down"},
    {"a_vm_without_host", "host_up", [](Case& c) { c.world.rows.front().host.reset(); }, "unknown"},
    {"another_host_than_the_vms", "host_up", [](Case& c) { c.world.host->id = support::host_id(2); },
     "unknown"},
    {"a_changed_record", "unchanged", [](Case& c) { c.world.rows.front().update_count = 5; }, "update_count"},
    {"a_second_decision_without_a_first", "unchanged", [](Case& c) { c.world.judged_update_count.reset(); },
     "update_count"},
    {"no_attempt_left", "attempts", [](Case& c) { stop_sync(c).attempts = 0; }, "no attempt is left"},
    {"three_attempts_in_the_hour", "attempts",
     [](Case& c) {
         for (const auto age : {59min, 40min, 20min}) {
             auto attempt = support::an_attempt();
             attempt.intent_at = now - age;
             attempt.ended_at = attempt.intent_at + 10s;
             c.world.attempts.push_back(attempt);
         }
     },
     "3 within"},
    {"the_back_off", "attempts",
     [](Case& c) {
         c.world.attempts = {support::an_attempt()};
         c.world.attempts.front().ended_at = now - 299s;
     },
     "back-off"},
    {"an_attempt_that_ended_in_the_future", "attempts",
     [](Case& c) {
         c.world.attempts = {support::an_attempt()};
         c.world.attempts.front().ended_at = now + 1h;
     },
     "in the future"},
    {"another_zone", "scope", [](Case& c) { c.policy.scope.zones = {"zone2"}; }, "zone1 is not in scope"},
    {"a_dying_host", "storm", [](Case& c) { c.world.fleet->host->drifted = 19; }, "19 of 20"},
    {"another_action", "concurrency", [](Case& c) { c.world.others_under_way = {42}; }, "action 42"},
    {"a_lease_that_nobody_knows_of", "leadership", [](Case& c) { c.world.leadership.reset(); }, "not known"},
    {"another_controllers_lease", "leadership",
     [](Case& c) {
         c.world.leadership = controller::Leadership{.controller = "two/2", .holder = "one/1", .token = 7};
     },
     "one/1 holds the lease"},
    {"a_lease_that_has_run_out", "leadership", [](Case& c) { c.world.leadership->left = 0s; }, "has run out"},
    {"an_attempt_without_outcome", "unresolved",
     [](Case& c) {
         c.world.attempts = {support::an_attempt()};
         c.world.attempts.front().outcome.reset();
         c.world.attempts.front().ended_at.reset();
     },
     "no outcome"},
    {"a_request_that_may_still_be_taken", "unresolved",
     [](Case& c) {
         c.world.attempts = {support::an_attempt()};
         c.world.attempts.front().outcome = AttemptOutcome::unverified;
         c.world.attempts.front().expires_at = now + 1s;
     },
     "may take the request"},
    {"a_failed_attempt_whose_request_may_still_be_taken", "unresolved",
     [](Case& c) {
         c.world.attempts = {support::an_attempt()};
         c.world.attempts.front().outcome = AttemptOutcome::failed;
         c.world.attempts.front().expires_at = now + 1s;
     },
     "may take the request"},
    {"a_request_that_is_not_old_by_a_clock_behind_ours", "unresolved",
     [](Case& c) {
         c.world.attempts = {support::an_attempt()};
         c.world.attempts.front().expires_at = now - 14s;
     },
     "may take the request"},
};

INSTANTIATE_TEST_SUITE_P(Guards, GuardAlone, ::testing::ValuesIn(holds),
                         [](const auto& hold) { return hold.param.guard + "_for_" + hold.param.name; });

TEST(Guards, each_holds_alone_in_some_example) {
    for (const auto& guard : support::guards_asked_for(Remedy::stop_sync)) {
        const auto holds_alone = [&guard](const Hold& hold) { return hold.guard == guard.name; };
        EXPECT_TRUE(std::any_of(holds.begin(), holds.end(), holds_alone)) << guard.name;
    }
}

TEST(Guards, all_pass_in_the_plain_world) {
    EXPECT_THAT(refusing({}), IsEmpty());
}

TEST(Guards, grace_passes_at_its_very_end) {
    Case c;
    c.world.drift_since = now - 240s;
    EXPECT_THAT(refusing(c), IsEmpty());
    stop_sync(c).grace_ping_intervals = 3;
    EXPECT_THAT(refusing(c), ElementsAre("grace"));
}

TEST(Guards, witnesses_passes_for_a_silent_host_that_is_proven_off) {
    Case c;
    c.world.candidates.at(2).answered = false;
    c.world.candidates.at(2).proven_off = true;
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(Guards, still_true_passes_for_a_domain_that_is_shut_off) {
    Case c;
    c.world.candidates.at(0).domain = inventory::DomainState::shutoff;
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(Guards, unchanged_passes_in_the_first_decision) {
    Case c;
    c.world.fresh = false;
    c.world.judged_update_count.reset();
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(Guards, attempts_passes_when_old_ones_are_out_of_the_period_and_the_back_off_is_over) {
    Case c;
    c.world.attempts = {support::an_attempt(), support::an_attempt(), support::an_attempt()};
    c.world.attempts.back().intent_at = now - 10min;
    c.world.attempts.back().ended_at = now - 5min;
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(Guards, unresolved_passes_when_the_request_has_expired) {
    Case c;
    c.world.attempts = {support::an_attempt()};
    c.world.attempts.front().outcome = AttemptOutcome::unverified;
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(Guards, unresolved_passes_for_a_request_that_never_left) {
    Case c;
    c.world.attempts = {support::an_attempt()};
    c.world.attempts.front().outcome = AttemptOutcome::not_sent;
    c.world.attempts.front().expires_at = now + 1s;
    EXPECT_THAT(refusing(c), IsEmpty());
}

}  // namespace
}  // namespace controller::decision
