#include <atomic>
#include <future>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "service/web_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace service {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

const std::string hash_of_hunter2 = "$2y$10$abcdefghijklmnopqrstuu7gIUFBKrYXdzQy8HrouzMJyZ4cijAb2";
const std::string one_user = "basic_auth_users: {prom: " + hash_of_hunter2 + "}\n";

class Authentication : public testing::Test {
protected:
    void start(const std::string& web_config) {
        const auto serve_path = [](const WebRequest& request) { return WebResponse{.body = request.path}; };
        server_.get("/metrics", serve_path);
        server_.get("/debug/locks", serve_path, {.needs_auth = true});
        server_.get("/debug/with-token", serve_path,
                    {.bearer = inventory::Secret{"token-1"}, .needs_auth = true});
        server_.post("/alerts", serve_path,
                     {.bearer = inventory::Secret{"token-1"}, .max_body = 10, .json_errors = true});
        const auto started =
            server_.start({"127.0.0.1", 0}, web_config.empty() ? "" : folder_.write("web.yml", web_config));
        ASSERT_TRUE(started) << started.error().message;
    }

    [[nodiscard]] httplib::Result get(const std::string& path, const httplib::Headers& headers = {}) const {
        httplib::Client client{"127.0.0.1", server_.port()};
        client.set_read_timeout(10s);
        return client.Get(path, headers);
    }
    [[nodiscard]] int status_of(const std::string& path, const httplib::Headers& headers = {}) const {
        const auto answer = get(path, headers);
        return answer ? answer->status : 0;
    }
    [[nodiscard]] int post_alert(const httplib::Headers& headers) const {
        httplib::Client client{"127.0.0.1", server_.port()};
        const auto answer = client.Post("/alerts", headers, "{}", "application/json");
        return answer ? answer->status : 0;
    }

    static httplib::Headers basic(const std::string& user, const std::string& password) {
        return {httplib::make_basic_authentication_header(user, password)};
    }
    static httplib::Headers bearer(const std::string& token) {
        return {{"Authorization", "Bearer " + token}};
    }

    test_support::TemporaryFolder folder_;
    WebServer server_;
};

TEST_F(Authentication, without_a_file_pages_are_open_but_for_those_that_need_authentication) {
    start("");
    EXPECT_FALSE(server_.authenticates());
    EXPECT_EQ(status_of("/metrics"), 200);
    EXPECT_EQ(status_of("/debug/with-token", bearer("token-1")), 200);
    const auto refused = get("/debug/locks");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 403);
    EXPECT_THAT(refused->body, HasSubstr("--web.config.file"));
}

TEST_F(Authentication, with_users_every_page_wants_a_user_and_his_password) {
    start(one_user);
    EXPECT_TRUE(server_.authenticates());
    const auto refused = get("/metrics");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 401);
    EXPECT_EQ(refused->get_header_value("WWW-Authenticate"), "Basic realm=\"CloudStack Warden\"");
    EXPECT_EQ(status_of("/metrics", basic("prom", "hunter2")), 200);
    EXPECT_EQ(status_of("/debug/locks", basic("prom", "hunter2")), 200);
    EXPECT_EQ(status_of("/metrics", basic("prom", "hunter3")), 401);
    EXPECT_EQ(status_of("/metrics", basic("nobody", "hunter2")), 401);
    EXPECT_EQ(status_of("/metrics", bearer("token-1")), 401);
}

TEST_F(Authentication, who_has_shown_no_password_does_not_learn_which_paths_there_are) {
    start(one_user);
    EXPECT_EQ(status_of("/nothing"), 401);
    EXPECT_EQ(status_of("/nothing", basic("prom", "hunter2")), 404);
}

TEST_F(Authentication, a_route_with_a_token_of_its_own_is_opened_by_that_alone) {
    start(one_user);
    EXPECT_EQ(post_alert(bearer("token-1")), 200);
    EXPECT_EQ(post_alert(bearer("token-2")), 401);
    EXPECT_EQ(post_alert(basic("prom", "hunter2")), 401);
    EXPECT_EQ(status_of("/debug/with-token", bearer("token-1")), 200);
}

TEST_F(Authentication, two_authorizations_are_none) {
    start(one_user);
    auto twice = basic("prom", "hunter2");
    twice.insert(*basic("prom", "hunter2").begin());
    EXPECT_EQ(status_of("/metrics", twice), 401);
}

TEST_F(Authentication, a_flood_of_wrong_passwords_stalls_nobody_who_is_known) {
    start(one_user + "http_server_config: {http2: true}\n");
    ASSERT_EQ(status_of("/metrics", basic("prom", "hunter2")), 200);
    std::atomic<bool> over = false;
    std::vector<std::future<int>> flood;
    for (int i = 0; i < 30; ++i) {
        flood.push_back(std::async(std::launch::async, [this, &over, i] {
            int entered = 0;
            for (int j = 0; !over; ++j) {
                entered += status_of("/metrics", basic("prom", std::to_string(i * 1000 + j))) == 200 ? 1 : 0;
            }
            return entered;
        }));
    }
    auto slowest = Clock::duration::zero();
    for (int i = 0; i < 20; ++i) {
        const auto start = Clock::now();
        EXPECT_EQ(status_of("/metrics", basic("prom", "hunter2")), 200);
        slowest = std::max(slowest, Clock::now() - start);
    }
    over = true;
    for (auto& one : flood) {
        EXPECT_EQ(one.get(), 0);
    }
    EXPECT_LT(slowest, 2s);
}

TEST_F(Authentication, a_removed_user_is_out_without_a_restart) {
    start(one_user);
    ASSERT_EQ(status_of("/metrics", basic("prom", "hunter2")), 200);
    folder_.write("web.yml", "basic_auth_users: {other: " + hash_of_hunter2 + "}\n");
    const auto deadline = Clock::now() + 10s;
    while (status_of("/metrics", basic("prom", "hunter2")) == 200 && Clock::now() < deadline) {
    }
    EXPECT_EQ(status_of("/metrics", basic("prom", "hunter2")), 401);
    EXPECT_EQ(status_of("/metrics", basic("other", "hunter2")), 200);
    EXPECT_TRUE(server_.web_config_is_current());
}

TEST_F(Authentication, the_configurations_headers_come_before_ours_and_a_blank_one_takes_ours_away) {
    start(
        "http_server_config:\n  headers: {X-Frame-Options: sameorigin, X-Content-Type-Options: '', "
        "Strict-Transport-Security: max-age=1}\n");
    const auto answer = get("/metrics");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->get_header_value("X-Frame-Options"), "sameorigin");
    EXPECT_EQ(answer->get_header_value_count("X-Frame-Options"), 1U);
    EXPECT_FALSE(answer->has_header("X-Content-Type-Options"));
    EXPECT_EQ(answer->get_header_value("Strict-Transport-Security"), "max-age=1");
    EXPECT_TRUE(answer->has_header("Referrer-Policy"));
}

TEST_F(Authentication, more_requests_than_the_rate_limit_allows_get_429) {
    start("rate_limit: {interval: 1h, burst: 2}\n");
    EXPECT_EQ(status_of("/metrics"), 200);
    EXPECT_EQ(status_of("/metrics"), 200);
    EXPECT_EQ(status_of("/metrics"), 429);
}

TEST_F(Authentication, a_wrong_file_stops_the_start) {
    const auto path = folder_.write("web.yml", "basic_auth_users: {prom: hunter2}\n");
    const auto started = server_.start({"127.0.0.1", 0}, path);
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().message, HasSubstr("web.yml:1: basic_auth_users.prom: must be a bcrypt"));
    EXPECT_FALSE(check_web_config(path));
    EXPECT_TRUE(check_web_config(""));
}

}  // namespace
}  // namespace service
