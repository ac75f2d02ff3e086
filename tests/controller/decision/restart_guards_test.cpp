#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/controller/decision/refusals.hpp"
#include "tests/support/guards_asked.hpp"
#include "tests/support/worlds.hpp"

/// What holds a restart, and what does not: before our stop, and after it.
namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::a_restart_case;
using support::Case;
using support::now;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint64_t somebody = 5;

inventory::VmRequest asked(std::string command, inventory::Duration ago, std::string job = "theirs") {
    return {std::move(job), std::move(command), somebody, now - ago};
}

void ask(Case& c, std::string command, inventory::Duration ago = 10s) {
    c.world.past->requests.push_back(asked(std::move(command), ago));
}

struct Hold {
    std::string name;
    Stage stage;
    std::string guard;
    void (*strike)(Case&);
    std::string says;
};

void PrintTo(const Hold& hold, std::ostream* out) {
    *out << hold.name;
}

class RestartHeld : public ::testing::TestWithParam<Hold> {};

TEST_P(RestartHeld, by_that_guard_alone) {
    auto c = a_restart_case(GetParam().stage);
    GetParam().strike(c);
    EXPECT_THAT(refusing(c), ElementsAre(GetParam().guard));
    EXPECT_THAT(sentence_of(c, GetParam().guard), HasSubstr(GetParam().says));
}

const std::vector<Hold> holds{
    {"a_vm_without_ha", Stage::first, "ha_eligible", [](Case& c) { c.world.rows.front().ha_enabled = false; },
     "no HA"},
    {"a_router", Stage::first, "ha_eligible", [](Case& c) { c.world.rows.front().type = "DomainRouter"; },
     "DomainRouter"},
    {"an_unknown_past", Stage::first, "ha_eligible", [](Case& c) { c.world.past.reset(); }, "unknown"},
    {"a_stop_that_a_user_asked_for", Stage::first, "ha_eligible", [](Case& c) { ask(c, "StopVMCmd", 20min); },
     "StopVMCmd of user 5 (job theirs), 20m0s ago"},
    {"an_admins_stop_after_a_start", Stage::first, "ha_eligible",
     [](Case& c) {
         ask(c, "StartVMCmd", 21min);
         ask(c, "StopVMCmdByAdmin", 20min);
     },
     "StopVMCmdByAdmin"},
    {"a_wish_to_destroy_it", Stage::first, "ha_eligible", [](Case& c) { ask(c, "DestroyVMCmd"); },
     "DestroyVMCmd"},
    {"open_ha_work", Stage::first, "cloudstack_idle",
     [](Case& c) {
         c.world.ha_work = {{support::a_vm().id, "HA", "Investigating", now}};
     },
     "Investigating"},
    {"no_management_server_that_lives", Stage::first, "cloudstack_idle",
     [](Case& c) { c.world.managers->front().state = "Down"; }, "no management server is Up"},
    {"unknown_management_servers", Stage::first, "cloudstack_idle", [](Case& c) { c.world.managers.reset(); },
     "unknown"},
    {"a_silent_host", Stage::first, "witnesses", [](Case& c) { c.world.candidates.at(1).answered = false; },
     "kvm2 has not answered"},
    {"a_silent_host", Stage::stopped, "witnesses", [](Case& c) { c.world.candidates.at(1).answered = false; },
     "kvm2 has not answered"},
    {"a_domain_that_appeared", Stage::stopped, "still_true",
     [](Case& c) { c.world.candidates.at(2).domain = inventory::DomainState::paused; }, "paused on kvm3"},
    {"a_verdict_of_life", Stage::stopped, "still_true",
     [](Case& c) { c.world.verdict->kind = inventory::DriftKind::running_recorded_stopped; },
     "running_recorded_stopped"},
    {"a_vm_that_is_not_stopped_any_more", Stage::stopped, "still_true",
     [](Case& c) { c.world.rows.front().state = inventory::VmState::destroyed; }, "Destroyed"},
    {"open_ha_work", Stage::stopped, "cloudstack_idle",
     [](Case& c) {
         c.world.ha_work = {{support::a_vm().id, "HA", "Restarting", now}};
     },
     "Restarting"},
    {"an_unknown_past", Stage::stopped, "ha_eligible", [](Case& c) { c.world.past.reset(); }, "unknown"},
    {"a_users_own_stop_since", Stage::stopped, "ha_eligible", [](Case& c) { ask(c, "StopVMCmd"); },
     "somebody wanted it stopped"},
    {"a_users_start_since", Stage::stopped, "ha_eligible", [](Case& c) { ask(c, "StartVMCmd"); },
     "since our stop somebody else asked for StartVMCmd"},
    {"whatever_else_was_asked_since", Stage::stopped, "ha_eligible", [](Case& c) { ask(c, "MigrateVMCmd"); },
     "MigrateVMCmd"},
    {"a_wish_from_just_before_our_stop", Stage::stopped, "ha_eligible",
     [](Case& c) { c.world.past->requests.insert(c.world.past->requests.begin(), asked("StopVMCmd", 61s)); },
     "somebody wanted it stopped"},
    {"a_stop_of_ours_that_is_forgotten", Stage::stopped, "ha_eligible",
     [](Case& c) { c.world.past->requests.clear(); }, "no longer remembers our stop"},
    {"a_stop_of_ours_without_a_job", Stage::stopped, "ha_eligible",
     [](Case& c) { c.world.attempts.front().job_id.reset(); }, "answer to our stop was lost"},
    {"a_stop_whose_job_was_only_found", Stage::stopped, "ha_eligible",
     [](Case& c) {
         c.world.attempts.front().accepted = false;
         c.world.attempts.front().expires_at = now - 1min;
     },
     "somebody wanted it stopped"},
    {"no_stop_of_this_action", Stage::stopped, "ha_eligible",
     [](Case& c) { c.world.attempts.front().action_id = 2; }, "answer to our stop was lost"},
};

TEST(RestartGuards, each_of_its_own_holds_alone_in_some_example) {
    for (const auto& guard : support::guards_asked_for(Remedy::ha_restart)) {
        const auto holds_alone = [&guard](const Hold& hold) { return hold.guard == guard.name; };
        EXPECT_TRUE(guard.asked_for.contains(Remedy::stop_sync) ||
                    std::any_of(holds.begin(), holds.end(), holds_alone))
            << guard.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Guards, RestartHeld, ::testing::ValuesIn(holds), [](const auto& hold) {
    return hold.param.guard + "_for_" + hold.param.name + "_in_stage_" +
           std::string{to_word(hold.param.stage)};
});

TEST(RestartPasses, in_the_plain_world_of_either_stage) {
    EXPECT_THAT(refusing(a_restart_case(Stage::first)), IsEmpty());
    EXPECT_THAT(refusing(a_restart_case(Stage::stopped)), IsEmpty());
}

TEST(RestartPasses, for_a_vm_on_a_host_that_is_down_and_that_nobody_manages) {
    auto c = a_restart_case(Stage::first);
    c.world.host->status = "Down";
    c.world.host->management_server.reset();
    c.world.manager.reset();
    c.world.candidates.at(0).answered = false;
    c.world.candidates.at(0).proven_off = true;
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(RestartPasses, for_a_stop_that_somebody_took_back_by_a_start) {
    auto c = a_restart_case(Stage::first);
    ask(c, "StopVMCmd", 20min);
    ask(c, "StartVMCmd", 19min);
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(RestartPasses, for_a_stop_that_was_our_own) {
    auto c = a_restart_case(Stage::first);
    auto stop = support::an_attempt();
    stop.job_id = "theirs";
    stop.accepted = true;
    c.world.attempts = {stop};
    ask(c, "StopVMCmd", 2h);
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(RestartPasses, however_often_ha_work_was_done_without_effect) {
    for (const auto stage : {Stage::first, Stage::stopped}) {
        auto c = a_restart_case(stage);
        c.world.past->ha_work_done = now - 1s;
        EXPECT_THAT(refusing(c), IsEmpty()) << "as in #12920, again and again";
    }
}

TEST(RestartPasses, while_one_of_two_management_servers_lives) {
    auto c = a_restart_case(Stage::first);
    c.world.managers->push_back({8, "ms2", "Down", std::nullopt});
    EXPECT_THAT(refusing(c), IsEmpty());
}

TEST(RestartPasses, however_long_the_stop_took) {
    auto c = a_restart_case(Stage::stopped);
    c.world.drift_since.reset();
    EXPECT_THAT(refusing(c), IsEmpty()) << "the grace was given before the stop";
}

}  // namespace
}  // namespace controller::decision
