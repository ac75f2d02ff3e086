#include "controller/api/status.hpp"

#include <chrono>

#include <gtest/gtest.h>
#include <httplib.h>

#include "controller/json/bounded_json.hpp"

namespace controller::api {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const inventory::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 12h};

Leadership leading() {
    return {.controller = "one/1",
            .holder = "one/1",
            .token = 7,
            .left = 9500ms,
            .taken_at = noon,
            .expires_at = noon + 15s,
            .trouble = {}};
}

httplib::Result ask(const service::WebServer& server, const std::string& token) {
    httplib::Client client{"127.0.0.1", server.port()};
    client.set_bearer_token_auth(token);
    return client.Get("/api/v1/status");
}

TEST(Status, tells_who_leads_to_who_may_ask) {
    Leadership known = leading();
    service::WebServer server;
    add_status_route(
        server, [&known] { return known; }, inventory::Secret{"token"});
    ASSERT_TRUE(server.start({"127.0.0.1", 0}));
    EXPECT_EQ(ask(server, "another")->status, 401);
    const auto answer = ask(server, "token");
    ASSERT_EQ(answer->status, 200);
    EXPECT_EQ(*parse_bounded_json(answer->body, 4), (json{{"controller", "one/1"},
                                                          {"leader", true},
                                                          {"holder", "one/1"},
                                                          {"token", 7},
                                                          {"taken_at", "2026-01-02T12:00:00.000Z"},
                                                          {"expires", "2026-01-02T12:00:15.000Z"},
                                                          {"left_seconds", 9.5},
                                                          {"trouble", nullptr}}));
}

TEST(Status, is_null_where_nothing_is_known) {
    service::WebServer server;
    add_status_route(
        server, [] { return Leadership{.controller = "two/2", .trouble = "no database"}; },
        inventory::Secret{"token"});
    ASSERT_TRUE(server.start({"127.0.0.1", 0}));
    const auto body = parse_bounded_json(ask(server, "token")->body, 4);
    EXPECT_EQ(body->at("leader"), false);
    EXPECT_TRUE(body->at("holder").is_null());
    EXPECT_TRUE(body->at("token").is_null());
    EXPECT_TRUE(body->at("left_seconds").is_null());
    EXPECT_EQ(body->at("trouble"), "no database");
}

TEST(Status, has_words_for_a_person) {
    EXPECT_EQ(in_words(leading()), "leads with token 7");
    EXPECT_EQ(in_words({.controller = "two/2", .holder = "one/1"}), "follows one/1");
    EXPECT_EQ(in_words({.controller = "two/2", .trouble = "no database"}),
              "does not lead, and knows of no other controller that does (no database)");
}

}  // namespace
}  // namespace controller::api
