#include "controller/page/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "controller/json/bounded_json.hpp"
#include "tests/support/fake_journal.hpp"
#include "tests/support/snapshot_builder.hpp"
#include "tests/support/worlds.hpp"

namespace controller::page {
namespace {

using support::a_vm;
using support::now;
using testing::HasSubstr;
using testing::Not;

class OneVm final : public api::Explainer {
public:
    std::optional<api::VmIdentity> identify(std::string_view name) override {
        const api::VmIdentity vm{a_vm().uuid, a_vm().instance_name};
        return name == vm.uuid || name == vm.instance_name ? std::optional{vm} : std::nullopt;
    }
    inventory::Result<std::optional<api::Explanation>> explain(std::string_view name) override {
        const auto vm = identify(name);
        return vm ? std::optional{api::Explanation{
                        *vm, Remedy::stop_sync, std::nullopt, support::a_world(), {}}}
                  : std::nullopt;
    }
};

class PageTest : public testing::Test {
protected:
    void SetUp() override {
        const Alert alert{true, "f-1", now, {{"alertname", "A"}, {"vm_id", a_vm().uuid}}};
        ASSERT_TRUE(journal_.receive(alert, Remedy::stop_sync, now));
        page_.add_routes(server_);
        const auto started = server_.start({"127.0.0.1", 0});
        ASSERT_TRUE(started) << started.error().message;
    }

    httplib::Headers headers(bool from_our_page = true) const {
        httplib::Headers sent;
        if (!cookie_.empty()) {
            sent.emplace("Cookie", cookie_);
        }
        sent.emplace("Sec-Fetch-Site", from_our_page ? "same-origin" : "cross-site");
        return sent;
    }
    httplib::Result get(const std::string& target) {
        return httplib::Client{"127.0.0.1", server_.port()}.Get(target, headers());
    }
    httplib::Result post(const std::string& target, const std::string& body, bool from_our_page = true) {
        return httplib::Client{"127.0.0.1", server_.port()}.Post(target, headers(from_our_page), body,
                                                                 "application/x-www-form-urlencoded");
    }
    void sign_in() {
        const auto answer = post("/login", "name=jana&token=secret");
        ASSERT_EQ(answer->status, 303);
        EXPECT_EQ(answer->get_header_value("Location"), "/");
        const auto set = answer->get_header_value("Set-Cookie");
        cookie_ = set.substr(0, set.find(';'));
    }
    /// The token in the first form of a page.
    std::string form_token(const std::string& target) {
        const std::string mark = "name=\"form_token\" value=\"";
        const auto body = get(target)->body;
        const auto at = body.find(mark);
        return at == std::string::npos ? "" : body.substr(at + mark.size(), 64);
    }

    service::WebHandler note(const std::string& what) {
        return [this, what](const service::WebRequest& request) {
            done_.push_back(what + " " + (request.captures.empty() ? "" : request.captures.at(0)) + " " +
                            request.body);
            return answer_;
        };
    }

    inventory::Snapshot snapshot_ = support::SnapshotBuilder{}.host(support::a_host(1)).vm(a_vm()).build();
    test_support::FakeJournal journal_;
    OneVm explainer_;
    std::vector<std::string> done_;
    service::WebResponse answer_{};
    std::string cookie_;
    StatusPage page_{
        {.status = {.latest = [this] { return std::make_shared<const inventory::Snapshot>(snapshot_); },
                    .journal = journal_,
                    .pauses =
                        [](inventory::Time) {
                            return std::vector<PauseLine>{{7, "host kvm1", "piet", "disks", now}};
                        },
                    .leader = [] { return std::nullopt; },
                    .mode_of = [](Remedy) { return Mode::observe; },
                    .clock = [] { return now; }},
         .explainer = explainer_,
         .deeds = {.approve = note("approve"),
                   .cancel = note("cancel"),
                   .lift = note("lift"),
                   .acknowledge = note("acknowledge"),
                   .pause = note("pause"),
                   .end_pause = note("end_pause")},
         .operator_token = [] { return inventory::Secret{"secret"}; }}};
    service::WebServer server_;  // last: its threads use the others
};

TEST_F(PageTest, shows_nothing_but_the_sign_in_form_to_strangers) {
    for (const auto* target : {"/", "/actions/1", "/vms/i-2-10-VM", "/pause", "/pauses/7"}) {
        const auto answer = get(target);
        EXPECT_EQ(answer->status, 403) << target;
        EXPECT_THAT(answer->body, HasSubstr("The operator's token"));
        EXPECT_THAT(answer->body, Not(HasSubstr("i-2-10-VM"))) << target;
    }
    EXPECT_EQ(get("/style.css")->status, 200);
}

TEST_F(PageTest, tells_the_browser_to_run_and_to_load_nothing) {
    const auto answer = get("/");
    EXPECT_EQ(answer->get_header_value_count("Content-Security-Policy"), 1U);
    EXPECT_THAT(answer->get_header_value("Content-Security-Policy"),
                testing::AllOf(HasSubstr("default-src 'none'"), HasSubstr("style-src 'self'"),
                               HasSubstr("frame-ancestors 'none'")));
    EXPECT_EQ(answer->get_header_value("Cache-Control"), "no-store");
    EXPECT_EQ(answer->get_header_value("Referrer-Policy"), "same-origin")
        << "with no-referrer, browsers send Origin: null with our own forms";
    EXPECT_THAT(answer->body, Not(HasSubstr("<script")));
}

TEST_F(PageTest, shows_all_to_an_operator) {
    sign_in();
    EXPECT_THAT(get("/")->body, testing::AllOf(HasSubstr("i-2-10-VM"), HasSubstr("host kvm1")));
    EXPECT_THAT(get("/actions/1")->body, HasSubstr("stop_sync on i-2-10-VM"));
    EXPECT_THAT(get("/vms/i-2-10-VM")->body, HasSubstr("stopped_out_of_band"));
    EXPECT_THAT(get("/pause?scope=remedy&subject=stop_sync")->body, HasSubstr("Pause remedy stop_sync"));
    EXPECT_THAT(get("/pauses/7")->body, HasSubstr("End the pause of host kvm1"));
    for (const auto* target : {"/actions/99", "/vms/nobody", "/pauses/8"}) {
        EXPECT_EQ(get(target)->status, 404) << target;
    }
    EXPECT_EQ(get("/actions/x")->status, 400);
}

TEST_F(PageTest, carries_a_form_out_in_the_operators_name) {
    sign_in();
    const auto token = form_token("/actions/1");
    ASSERT_EQ(token.size(), 64U);
    const auto answer =
        post("/actions/1/cancel", "form_token=" + token + "&reason=it+is+known&operator=somebody+else");
    EXPECT_EQ(answer->status, 303);
    EXPECT_EQ(answer->get_header_value("Location"), "/actions/1");
    EXPECT_THAT(done_, testing::ElementsAre(R"(cancel 1 {"operator":"jana","reason":"it is known"})"));
    EXPECT_EQ(post("/pauses/7/end", "form_token=" + token + "&reason=done")->status, 303);
    EXPECT_EQ(post("/pause", "form_token=" + token + "&scope=all&subject=&reason=r&for=2h")->status, 303);
    EXPECT_EQ(post("/actions/1/approve", "form_token=" + token + "&reason=r&for=1h")->status, 303);
    EXPECT_EQ(post("/vms/" + a_vm().uuid + "/acknowledge", "form_token=" + token + "&reason=r")->status, 303);
    EXPECT_EQ(post("/actions/1/lift", "form_token=" + token + "&guard=pause&reason=r&for=1h")->status, 303);
    EXPECT_EQ(done_.size(), 6U);
}

TEST_F(PageTest, does_nothing_for_a_form_that_is_not_its_own) {
    sign_in();
    const auto token = form_token("/actions/1");
    const std::string right = "form_token=" + token + "&reason=r";
    EXPECT_EQ(post("/actions/1/cancel", "reason=r")->status, 403);
    EXPECT_EQ(post("/actions/1/cancel", "form_token=&reason=r")->status, 403);
    EXPECT_EQ(post("/actions/1/cancel", "form_token=" + std::string(64, '0') + "&reason=r")->status, 403);
    EXPECT_EQ(post("/actions/1/cancel?form_token=" + token, "reason=r")->status, 403)
        << "a token in the URL is none";
    EXPECT_EQ(post("/actions/1/cancel", right, false)->status, 403) << "sent by another site";
    EXPECT_EQ(get("/actions/1/cancel")->status, 405);
    const auto cookie = std::exchange(cookie_, "");
    EXPECT_EQ(post("/actions/1/cancel", right)->status, 403) << "without a session";
    sign_in();
    EXPECT_EQ(post("/actions/1/cancel", right)->status, 403) << "the token of another session";
    EXPECT_NE(cookie, cookie_);
    EXPECT_TRUE(done_.empty());
}

TEST_F(PageTest, refuses_to_sign_in_who_does_not_know_the_token_or_comes_from_elsewhere) {
    EXPECT_EQ(post("/login", "name=jana&token=wrong")->status, 403);
    EXPECT_EQ(post("/login", "name=jana&token=secret", false)->status, 403);
    EXPECT_EQ(post("/login?token=secret&name=jana", "x=1")->status, 403) << "the token is in no URL";
    EXPECT_FALSE(post("/login", "name=jana&token=wrong")->has_header("Set-Cookie"));
}

TEST_F(PageTest, ends_a_session_when_its_operator_signs_out) {
    sign_in();
    EXPECT_EQ(post("/logout", "form_token=wrong")->status, 303);
    EXPECT_EQ(get("/")->status, 200) << "nobody else can sign him out";
    EXPECT_EQ(post("/logout", "form_token=" + form_token("/"))->status, 303);
    EXPECT_EQ(get("/")->status, 403);
}

TEST_F(PageTest, says_why_something_was_not_done) {
    sign_in();
    answer_ = {.status = 409, .body = R"({"error":"action 1 is <succeeded>"})"};
    const auto answer = post("/actions/1/cancel", "form_token=" + form_token("/actions/1") + "&reason=r");
    EXPECT_EQ(answer->status, 409);
    EXPECT_THAT(answer->body, HasSubstr("action 1 is &lt;succeeded&gt;"));
    EXPECT_THAT(answer->body, HasSubstr("To the status page"));
}

TEST_F(PageTest, says_when_the_journal_does_not_answer) {
    sign_in();
    journal_.fail_with(inventory::Error{"the journal is away", true});
    EXPECT_THAT(get("/")->body, HasSubstr("the journal is away"));
    EXPECT_EQ(get("/actions/1")->status, 503);
}

}  // namespace
}  // namespace controller::page
