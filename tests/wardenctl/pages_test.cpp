#include "wardenctl/pages.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

namespace wardenctl {
namespace {

const std::string explanation = R"({
 "vm": "i-2-43-VM", "vm_id": "u-43", "remedy": "stop_sync", "acts": false,
 "action": {"id": 1, "state": "held", "since": "2026-01-02T12:00:00.000Z", "alert": "CloudStackVMStoppedOutOfBand",
            "starts_at": "2026-01-02T11:59:15.000Z", "stage": "first"},
 "world": {
  "at": "2026-01-02T12:02:10.000Z",
  "records_read": {"age_seconds": 1.5},
  "rows": [{"state": "Running", "state_changed": {"age_seconds": 7200}, "power_state": "PowerReportMissing",
            "report_count": 3, "reported": {"age_seconds": 95}}],
  "verdict": {"kind": "stopped_out_of_band", "shown": "absent", "report": "missing_unhandled",
              "reason": "recorded Running, no domain anywhere, all 2 hosts answered"},
  "drift_since": {"age_seconds": 95},
  "host": {"name": "kvm-1", "status": "Up"},
  "candidates": [
   {"name": "kvm-1", "status": "Up", "answered": true, "asked": {"age_seconds": 2}, "error": "", "domain": null},
   {"name": "kvm-2", "status": "Up", "answered": false, "asked": {"age_seconds": 65}, "error": "no answer in 5s", "domain": null}]},
 "verdicts": [
  {"guard": "mode", "claim": "c", "passes": false, "sentence": "mode is observe", "facts": {}, "lifted_by": "set mode: auto"},
  {"guard": "identity", "claim": "c", "passes": true},
  {"guard": "grace", "claim": "c", "passes": true}]})";

TEST(ExplainPage, says_on_one_screen_what_is_true_who_says_so_and_what_holds) {
    const auto page = render_explanation(explanation);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(*page, R"(i-2-43-VM  u-43

What is true         stopped_out_of_band, first seen 1m35s ago
                     recorded Running, no domain anywhere, all 2 hosts answered

Who says so
  CloudStack records Running on kvm-1 (Up), since 2h0m ago; read 1.5s ago
  its agent reports  PowerReportMissing, count 3, 1m35s ago (missing_unhandled)
  libvirt shows      absent; 1 of 2 hosts answered
                       kvm-2 (Up): silent, last answered 1m5s ago; no answer in 5s
                       kvm-1 (Up): no domain, last answered 2.0s ago

What Warden will do  stop_sync: have CloudStack stop it, so that its record says what is true
                     action 1, held for 2m10s; CloudStackVMStoppedOutOfBand fires for 2m55s
Why not yet          1 guard holds it; all have to pass
  mode               mode is observe
    lifted by        set mode: auto
  passing            identity, grace
)");
}

TEST(ExplainPage, breaks_a_long_sentence_between_words_and_keeps_all_of_it) {
    const std::string sentence =
        "the job com.cloud.vm.VmWorkReconfigure is in progress, created 17s ago; the management "
        "server ms1 was last heard of 40s ago";
    const auto page = render_explanation(
        R"({"world":{},"verdicts":[{"guard":"cloudstack_idle","passes":false,"lifted_by":"time","sentence":")" +
        sentence + "\"}]}");
    ASSERT_TRUE(page);
    EXPECT_NE(page->find("  cloudstack_idle    the job com.cloud.vm.VmWorkReconfigure is in progress, "
                         "created 17s ago; the\n"
                         "                     management server ms1 was last heard of 40s ago\n"),
              std::string::npos)
        << *page;
}

TEST(ExplainPage, fits_one_screen_when_everything_refuses_at_length) {
    std::string hosts;
    std::string verdicts;
    for (int i = 0; i < 50; ++i) {
        hosts +=
            std::string{i == 0 ? "" : ","} + R"({"name":"kvm","error":")" + std::string(300, 'e') + "\"}";
    }
    for (int i = 0; i < 11; ++i) {
        verdicts += std::string{i == 0 ? "" : ","} + R"({"guard":"g","passes":false,"sentence":")" +
                    std::string(300, 's') + R"(","lifted_by":")" + std::string(300, 'l') + "\"}";
    }
    const auto page = render_explanation(R"({"action":{"id":1},"world":{"candidates":[)" + hosts +
                                         R"(]},"verdicts":[)" + verdicts + "]}");
    ASSERT_TRUE(page);
    EXPECT_LE(std::count(page->begin(), page->end(), '\n'), 40) << "11 guards are 22 lines";
    std::istringstream lines{*page};
    for (std::string one; std::getline(lines, one);) {
        EXPECT_LE(one.size(), 100U);
    }
}

TEST(ExplainPage, shows_the_unknown_as_unknown) {
    const auto page = render_explanation(R"({"world":{},"verdicts":[]})");
    ASSERT_TRUE(page);
    EXPECT_NE(page->find("nothing is known of it yet"), std::string::npos);
    EXPECT_NE(page->find("0 rows carry this identity; read at an unknown time"), std::string::npos);
}

TEST(ActionsPage, aligns_its_columns) {
    const auto page = render_actions(R"({"actions":[
        {"id":12,"state":"held","since":"T1","vm":"i-2-43-VM","vm_id":"u","remedy":"stop_sync","alert":"A"},
        {"id":3,"state":"succeeded","since":"T2","vm":null,"vm_id":"u-9","remedy":"stop_sync","alert":"B"}]})");
    ASSERT_TRUE(page);
    EXPECT_EQ(*page,
              "ID  STATE      SINCE  VM         REMEDY     ALERT\n"
              "12  held       T1     i-2-43-VM  stop_sync  A\n"
              "3   succeeded  T2     u-9        stop_sync  B\n");
    EXPECT_EQ(*render_actions(R"({"actions":[]})"), "no actions\n");
}

TEST(ActionsPage, shows_one_action_whole) {
    const auto page =
        render_action(R"({"id":1,"remedy":"stop_sync","vm_id":"u-43","vm":"i-2-43-VM","state":"held",
        "since":"T2","alert":"A","fingerprint":"f","starts_at":"T1",
        "verdicts":[{"guard":"mode","passes":false,"sentence":"mode is observe","lifted_by":"mode: auto"},
                    {"guard":"grace","passes":true}],
        "attempts":[{"number":1,"intent_at":"T3","outcome":null,"note":"stop was asked for"}],
        "steps":[{"at":"T1","state":"received","note":"taken in"},{"at":"T2","state":"held","note":"mode"}]})");
    ASSERT_TRUE(page);
    EXPECT_EQ(*page, R"(action 1: stop_sync on i-2-43-VM, held since T2
  vm_id u-43
  alert A, firing since T1, fingerprint f

guards
  mode             mode is observe
                   lifted by: mode: auto
  passing: grace

attempts
  1  T3  no outcome yet  stop was asked for

steps
  T1  received  taken in
  T2  held      mode
)");
}

TEST(Pages, refuse_what_is_no_answer_of_the_controllers) {
    for (const auto* text : {"", "<html>", "[]", "7", R"({"actions":7,"world":7,"verdicts":7})"}) {
        EXPECT_FALSE(render_actions(text)) << text;
        EXPECT_FALSE(render_explanation(text)) << text;
    }
    EXPECT_EQ(error_of(R"({"error":"no such VM"})"), "no such VM");
    EXPECT_EQ(error_of("<html>"), "the answer is none of warden-controller's");
}

}  // namespace
}  // namespace wardenctl
