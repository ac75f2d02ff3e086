#include "controller/intake/endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "tests/support/fake_journal.hpp"

namespace controller::intake {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const json good_alert{
    {"status", "firing"},
    {"labels", {{"alertname", "VMStopped"}, {"vm_id", "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69"}}},
    {"startsAt", "2026-11-21T12:00:00Z"},
    {"fingerprint", "0123456789abcdef"}};

std::string payload(const std::vector<json>& alerts) {
    return json{{"version", "4"}, {"alerts", alerts}}.dump();
}

/// The endpoint on a real web server, called as Alertmanager does.
class WebhookEndpoint : public testing::Test {
protected:
    void SetUp() override {
        register_webhook(server_, intake_,
                         {.token = inventory::Secret{"the-token"},
                          .now = [] { return inventory::Time{std::chrono::seconds{1'800'000'000}}; },
                          .on_rejected = [this](std::string_view reason) { rejected_.emplace_back(reason); },
                          .on_answered = [this](inventory::Duration) { ++answered_; }});
        ASSERT_TRUE(server_.start({"127.0.0.1", 0}));
    }

    httplib::Result post(const std::string& body, const std::string& token = "the-token",
                         const std::string& type = "application/json") {
        httplib::Client client("127.0.0.1", server_.port());
        client.set_bearer_token_auth(token);
        return client.Post("/api/v1/alerts", body, type);
    }

    test_support::FakeJournal journal_;
    Intake intake_{{{"VMStopped", Remedy::stop_sync}}, journal_, {}};
    std::vector<std::string> rejected_;
    int answered_ = 0;
    service::WebServer server_;  // last: stopped before what its handlers use is gone
};

TEST_F(WebhookEndpoint, answers_what_became_of_each_alert) {
    auto unknown = good_alert;
    unknown["labels"]["alertname"] = "Other";
    const auto answer = post(payload({good_alert, good_alert, unknown}));
    ASSERT_EQ(answer->status, 200);
    const auto alerts = json::parse(answer->body).at("alerts");
    EXPECT_EQ(alerts.at(0),
              (json{{"alert", "VMStopped"}, {"fingerprint", "0123456789abcdef"}, {"outcome", "created"}}));
    EXPECT_EQ(alerts.at(1).at("outcome"), "duplicate");
    EXPECT_EQ(alerts.at(2).at("outcome"), "rejected");
    EXPECT_EQ(alerts.at(2).at("reason"), "unknown_alert");
    server_.stop();  // its threads wrote the count
    EXPECT_EQ(answered_, 1);
}

TEST_F(WebhookEndpoint, asks_to_deliver_again_when_the_journal_fails) {
    journal_.fail_with(inventory::Error{"no route to the database", true});
    const auto answer = post(payload({good_alert}));
    EXPECT_EQ(answer->status, 503);
    EXPECT_THAT(answer->body, Not(HasSubstr("route"))) << "details are for our log";
}

TEST_F(WebhookEndpoint, refuses_what_is_no_payload_with_its_reason) {
    const auto answer = post(R"({"version":"4","alerts":[{"status":"maybe"}]})");
    EXPECT_EQ(answer->status, 400);
    EXPECT_THAT(answer->body, HasSubstr("alerts[0]: status is neither"));
    server_.stop();  // its threads wrote the reasons
    EXPECT_EQ(rejected_, std::vector<std::string>{"malformed"});
}

TEST_F(WebhookEndpoint, acts_on_nothing_that_is_not_from_alertmanager) {
    EXPECT_EQ(post(payload({good_alert}), "wrong")->status, 401);
    EXPECT_EQ(post(payload({good_alert}), "the-token", "text/plain")->status, 415);
    EXPECT_EQ(post(std::string(largest_webhook + 1, ' '))->status, 413);
    server_.stop();  // its threads wrote the reasons
    EXPECT_EQ(rejected_, (std::vector<std::string>{"unauthorized", "content_type", "too_large"}));
    EXPECT_TRUE(journal_.list({})->empty());
}

}  // namespace
}  // namespace controller::intake
