#include "controller/intake/webhook_payload.hpp"

#include <gtest/gtest.h>

namespace controller::intake {
namespace {

// As Alertmanager 0.25 sends it, with one key more than it knows.
const std::string delivered = R"({
  "receiver": "warden", "status": "firing", "version": "4", "groupKey": "{}:{alertname=\"A\"}",
  "truncatedAlerts": 2, "externalURL": "http://am:9093", "groupLabels": {}, "commonLabels": {"alertname": "A"},
  "commonAnnotations": {}, "notification_reason": {"new": ["in 0.32"]},
  "alerts": [
    {"status": "firing", "labels": {"alertname": "A", "vm_id": "id-1", "remedy": "reboot_everything"},
     "annotations": {"summary": "x"}, "startsAt": "2026-11-21T12:00:00.5Z", "endsAt": "0001-01-01T00:00:00Z",
     "generatorURL": "http://prometheus", "fingerprint": "0123456789abcdef"},
    {"status": "resolved", "labels": {"alertname": "B"}}
  ]})";

TEST(WebhookPayload, is_read_as_alertmanager_sends_it) {
    const std::map<std::string, std::string> labels{
        {"alertname", "A"}, {"vm_id", "id-1"}, {"remedy", "reboot_everything"}};
    const Delivery expected{
        .alerts = {{true, "0123456789abcdef", "2026-11-21T12:00:00.5Z", "A", "id-1", labels},
                   {false, "", "", "B", "", {{"alertname", "B"}}}},
        .truncated = 2};
    EXPECT_EQ(parse_webhook(delivered), expected);
}

TEST(WebhookPayload, may_carry_no_alert_at_all) {
    EXPECT_EQ(parse_webhook(R"({"version":"4","alerts":[]})"), Delivery{});
}

std::string error_of(const std::string& body) {
    const auto read = parse_webhook(body);
    return read ? "none" : read.error().message;
}

std::string error_of_alert(const std::string& alert) {
    return error_of(R"({"version":"4","alerts":[)" + alert + "]}");
}

TEST(WebhookPayload, that_is_no_json_says_so) {
    EXPECT_EQ(error_of(""), "not JSON");
    EXPECT_EQ(error_of("{\"version\":"), "not JSON");
    EXPECT_EQ(error_of("[]"), "the payload is no object");
    EXPECT_EQ(error_of(std::string(100'000, '[')), "JSON nested deeper than 8 levels");
}

TEST(WebhookPayload, names_the_field_that_is_wrong) {
    EXPECT_EQ(error_of(R"({"alerts":[]})"), "version is not \"4\"");
    EXPECT_EQ(error_of(R"({"version":4,"alerts":[]})"), "version is no text");
    EXPECT_EQ(error_of(R"({"version":"4"})"), "alerts is no array");
    EXPECT_EQ(error_of(R"({"version":"4","alerts":{}})"), "alerts is no array");
    EXPECT_EQ(error_of(R"({"version":"4","alerts":[],"truncatedAlerts":-1})"),
              "truncatedAlerts is no whole number");
    EXPECT_EQ(error_of(R"({"version":"4","alerts":[],"truncatedAlerts":1e30})"),
              "truncatedAlerts is no whole number");
    EXPECT_EQ(error_of_alert("7"), "alerts[0]: it is no object");
    EXPECT_EQ(error_of_alert("{}"), "alerts[0]: status is neither \"firing\" nor \"resolved\"");
    EXPECT_EQ(error_of_alert(R"({"status":"firing"})"), "alerts[0]: labels is no object");
    EXPECT_EQ(error_of_alert(R"({"status":"firing","labels":{"vm_id":7}})"), "alerts[0]: a label is no text");
    EXPECT_EQ(
        error_of_alert(R"({"status":"firing","labels":{}},{"status":"firing","labels":{},"startsAt":1})"),
        "alerts[1]: startsAt is no text");
    EXPECT_EQ(error_of_alert(R"({"status":"firing","labels":{},"fingerprint":null})"),
              "alerts[0]: fingerprint is no text");
}

}  // namespace
}  // namespace controller::intake
