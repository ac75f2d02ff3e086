#include "controller/metrics/controller_metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(ControllerMetrics, counts_alerts) {
    ControllerMetrics metrics("0.1.0");
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_alerts_received_total{status=\"firing\"} 0\n"));
    metrics.alert_received(true);
    metrics.alert_received(false);
    metrics.alert_received(false);
    metrics.alert_rejected("unknown_alert");
    metrics.alerts_truncated(3);
    metrics.webhook_answered(2ms);
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("warden_controller_alerts_received_total{status=\"firing\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_alerts_received_total{status=\"resolved\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_alerts_rejected_total{reason=\"unknown_alert\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_truncated_alerts_total 3\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_webhook_duration_seconds_bucket{le=\"0.0025\"} 1\n"));
}

TEST(ControllerMetrics, counts_decisions_and_refusals) {
    ControllerMetrics metrics("0.1.0");
    metrics.decision_made(Remedy::stop_sync, "held");
    metrics.guard_refused(Remedy::stop_sync, "grace");
    metrics.remedy_mode(Remedy::stop_sync, Mode::observe);
    const auto text = metrics.text();
    EXPECT_THAT(text,
                HasSubstr("warden_controller_decisions_total{decision=\"held\",remedy=\"stop_sync\"} 1\n"));
    EXPECT_THAT(
        text, HasSubstr("warden_controller_guard_refusals_total{guard=\"grace\",remedy=\"stop_sync\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_remedy_mode{mode=\"observe\",remedy=\"stop_sync\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_remedy_mode{mode=\"auto\",remedy=\"stop_sync\"} 0\n"));
}

TEST(ControllerMetrics, shows_actions_once_the_journal_was_read) {
    ControllerMetrics metrics("0.1.0");
    EXPECT_THAT(metrics.text(), Not(HasSubstr("warden_controller_actions{"))) << "unknown is absent, not 0";
    EXPECT_THAT(metrics.text(), Not(HasSubstr("warden_controller_intents_unresolved ")));
    metrics.actions_by_state({{ActionState::held, 2}});
    metrics.intents_unresolved(0);
    metrics.actions_between_stages({{Remedy::ha_restart, 1}});
    metrics.action_ended(Remedy::stop_sync, "succeeded", 4s);
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("warden_controller_actions{state=\"held\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_actions{state=\"failed\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_intents_unresolved 0\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_actions_between_stages{remedy=\"ha_restart\"} 1\n"));
    EXPECT_THAT(text,
                HasSubstr("warden_controller_actions_total{outcome=\"succeeded\",remedy=\"stop_sync\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_action_duration_seconds_bucket{le=\"5\"} 1\n"));
}

TEST(ControllerMetrics, shows_what_operators_have_paused) {
    ControllerMetrics metrics("0.1.0");
    EXPECT_THAT(metrics.text(), Not(HasSubstr("warden_controller_paused{"))) << "unknown is absent, not 0";
    metrics.pauses_by_scope({{PauseScope::zone, 2}});
    metrics.alertmanager_read(false);
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("warden_controller_paused{scope=\"zone\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_paused{scope=\"all\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_alertmanager_up 0\n"));
}

TEST(ControllerMetrics, tells_who_leads_and_what_it_does_not_know_is_absent) {
    ControllerMetrics metrics("0.1.0");
    EXPECT_THAT(metrics.text(), Not(HasSubstr("lease")));
    metrics.leadership({.controller = "a", .holder = "a", .token = 7, .left = 9500ms});
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_leader 1\n"));
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_lease_token 7\n"));
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_lease_left_seconds 9.5\n"));
    metrics.leadership({.controller = "a", .holder = "b", .token = 8});
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_leader 0\n"));
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_lease_token 8\n"));
    EXPECT_THAT(metrics.text(), Not(HasSubstr("lease_left_seconds")));
}

TEST(ControllerMetrics, tells_which_configuration_is_in_force) {
    ControllerMetrics metrics("0.1.0");
    EXPECT_THAT(metrics.text(), Not(HasSubstr("warden_controller_config"))) << "unknown until it is told";
    metrics.config_read(false, inventory::Time{1500ms}, 42);
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("warden_controller_config_last_reload_successful 0\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_config_last_reload_success_timestamp_seconds 1.5\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_config_hash 42\n"));
}

TEST(ControllerMetrics, measures_its_edges) {
    ControllerMetrics metrics("0.1.0");
    metrics.journal_written(30ms);
    metrics.api_request("stopVirtualMachine", "accepted");
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("warden_controller_journal_write_duration_seconds_bucket{le=\"0.05\"} 1\n"));
    EXPECT_THAT(
        text,
        HasSubstr(
            "warden_controller_api_requests_total{command=\"stopVirtualMachine\",result=\"accepted\"} 1\n"));
    EXPECT_THAT(text, Not(HasSubstr("web_config"))) << "unknown until it is told";
    metrics.web_config_read(false);
    EXPECT_THAT(metrics.text(), HasSubstr("warden_controller_web_config_last_reload_successful 0\n"));
    EXPECT_THAT(text, HasSubstr("warden_controller_build_info{version=\"0.1.0\"} 1\n"));
}

}  // namespace
}  // namespace controller
