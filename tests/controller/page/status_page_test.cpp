#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/page/pages.hpp"
#include "tests/support/worlds.hpp"

namespace controller::page {
namespace {

using support::now;
using testing::HasSubstr;
using testing::Not;

const Visitor jana{"jana", "form-token"};

std::string shown(const Status& status) {
    return status_page(status, {.title = "Warden", .visitor = &jana, .refresh_seconds = 20});
}

Status quiet() {
    Status status;
    status.now = now;
    status.witnesses = {.database_up = true, .records_read_at = now, .vms = 5, .hosts = 2};
    status.remedies = {{Remedy::stop_sync, Mode::observe}};
    return status;
}

ActionLine held_line() {
    ActionLine line{support::an_action(), "i-2-10-VM", {}, true, {}};
    line.action.state = ActionState::held;
    line.refusing = {{"grace", "claim", Refusal{"the drift has lasted 95s of 4m", {}, "time"}}};
    return line;
}

TEST(StatusPage, says_when_nothing_is_the_matter) {
    const auto page = shown(quiet());
    EXPECT_THAT(page, HasSubstr("No VM has drifted."));
    EXPECT_THAT(page, HasSubstr("Nothing is held."));
    EXPECT_THAT(page, HasSubstr("Nothing is paused."));
    EXPECT_THAT(page, HasSubstr("2 of 2 hosts answer"));
    EXPECT_THAT(page, Not(HasSubstr("Waiting for your approval")));
}

TEST(StatusPage, shows_why_an_action_is_held_and_what_lifts_it) {
    auto status = quiet();
    status.held = {{held_line()}, 1};
    const auto page = shown(status);
    EXPECT_THAT(page, HasSubstr("i-2-10-VM"));
    EXPECT_THAT(page, HasSubstr("the drift has lasted 95s of 4m"));
    EXPECT_THAT(page, HasSubstr("Lifted by: time"));
    EXPECT_THAT(page, HasSubstr("href=\"/actions/1\""));
}

TEST(StatusPage, puts_first_what_waits_for_the_operator) {
    auto status = quiet();
    status.waiting_for_approval = {{held_line()}, 1};
    status.held = {{held_line()}, 1};
    const auto page = shown(status);
    EXPECT_LT(page.find("Waiting for your approval"), page.find("Held, and why"));
    EXPECT_THAT(page, HasSubstr("Look and decide"));
}

TEST(StatusPage, says_what_it_could_not_read) {
    auto status = quiet();
    status.journal_error = "the journal is away";
    status.pauses_error = "pauses are unknown";
    status.witnesses.database_up = false;
    status.witnesses.database_error = "connection refused";
    status.leader = Leader{};
    auto unknown = held_line();
    unknown.is_judgement_known = false;
    status.held = {{unknown}, 1};
    const auto page = shown(status);
    for (const auto* sentence : {"the journal is away", "pauses are unknown", "connection refused",
                                 "Nobody leads", "What was last judged cannot be read."}) {
        EXPECT_THAT(page, HasSubstr(sentence));
    }
    EXPECT_THAT(page, Not(HasSubstr("Nothing is paused"))) << "unknown is never good news";
}

/// The unknown is never shown as "none".
TEST(StatusPage, takes_a_journal_that_is_away_for_no_empty_one) {
    auto status = quiet();
    status.journal_error = "the journal is away";
    status.pauses_error = "pauses are unknown";
    const auto page = shown(status);
    for (const auto* label : {"Wait for approval", "Held", "Pauses"}) {
        EXPECT_THAT(page, HasSubstr(label + std::string{"<b>unknown</b>"}));
    }
    for (const auto* sentence : {"Nothing is held", "Nothing is being done", "Nothing was done"}) {
        EXPECT_THAT(page, Not(HasSubstr(sentence)));
    }
}

TEST(StatusPage, takes_vms_that_nobody_could_judge_for_no_healthy_ones) {
    auto status = quiet();
    status.witnesses.undecided = 3;
    EXPECT_THAT(shown(status), HasSubstr("Drifted VMs<b>3 unknown</b>"));
    EXPECT_THAT(shown(status), HasSubstr("Of 3 VMs it is unknown"));
    EXPECT_THAT(shown(status), Not(HasSubstr("No VM has drifted")));
    status.witnesses.records_read_at.reset();
    status.witnesses.undecided = 0;
    EXPECT_THAT(shown(status), HasSubstr("Drifted VMs<b>unknown</b>"));
    EXPECT_THAT(shown(status), Not(HasSubstr("No VM has drifted")));
}

TEST(StatusPage, says_who_leads) {
    auto status = quiet();
    status.leader = Leader{.us = true, .name = "warden-a/1"};
    EXPECT_THAT(shown(status), HasSubstr("This controller leads"));
    status.leader = Leader{.us = false, .name = "warden-b/2"};
    EXPECT_THAT(shown(status), HasSubstr("warden-b/2 leads"));
}

/// Instance names, hosts, reasons and errors come from elsewhere, and a page that runs them has lost.
TEST(StatusPage, lets_no_text_of_others_be_html) {
    const std::string evil = "<script>alert(1)</script>\"'";
    auto status = quiet();
    auto line = held_line();
    line.vm = evil;
    line.note = evil;
    line.action.alert_name = evil;
    line.refusing = {{evil, evil, Refusal{evil, {}, evil}}};
    status.held = status.waiting_for_approval = status.under_way = status.done = {{line}, 1};
    status.drifted = {{{evil, evil, evil, evil, evil, now}}, 1};
    status.pauses = {{1, evil, evil, evil, now}};
    status.pauses_error = status.journal_error = status.witnesses.database_error = evil;
    status.leader = Leader{false, evil, evil};
    status.witnesses.silent = {{{evil, evil, now}}, 1};
    const Visitor visitor{evil, evil};
    const auto page = status_page(status, {.title = evil, .visitor = &visitor, .can_sign_out = true});
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("alert(1)</script>\"'")));
}

TEST(ActionPage, offers_an_approval_only_where_the_mode_asks_for_one) {
    ActionView view;
    view.now = now;
    view.line = held_line();
    view.world = support::a_world();
    const auto page = action_page(view, {.title = "x", .visitor = &jana});
    EXPECT_THAT(page, Not(HasSubstr("/approve")));
    EXPECT_THAT(page, HasSubstr("action=\"/actions/1/cancel\""));
    EXPECT_THAT(page, HasSubstr("name=\"form_token\" value=\"form-token\""));
    EXPECT_THAT(page, HasSubstr("3 of 3 hosts answered"));
}

TEST(ActionPage, offers_to_lift_only_what_a_human_may_lift) {
    ActionView view;
    view.now = now;
    view.line = held_line();
    view.verdicts = {{"pause", "c", Refusal{"paused", {}, "its end"}},
                     {"witnesses", "c", Refusal{"a host is silent", {}, "its answer"}}};
    const auto page = action_page(view, {.title = "x", .visitor = &jana});
    EXPECT_THAT(page, HasSubstr("Lift pause for action 1"));
    EXPECT_THAT(page, Not(HasSubstr("Lift witnesses")));
}

TEST(ActionPage, offers_nothing_for_what_is_over) {
    ActionView view;
    view.now = now;
    view.line = held_line();
    view.line.action.state = ActionState::succeeded;
    EXPECT_THAT(action_page(view, {.title = "x", .visitor = &jana}), Not(HasSubstr("What you can do")));
}

}  // namespace
}  // namespace controller::page
