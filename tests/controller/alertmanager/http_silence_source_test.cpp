#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/alertmanager/silence_source.hpp"
#include "tests/support/scripted_server.hpp"

namespace controller::alertmanager {
namespace {

using namespace std::chrono_literals;
using test_support::http_answer;
using test_support::Peer;
using test_support::ScriptedServer;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string url_of(std::uint16_t port, const std::string& path = "") {
    return "http://127.0.0.1:" + std::to_string(port) + path;
}

inventory::Result<std::vector<Silence>> read_from(const std::string& url, inventory::Duration timeout = 5s) {
    return (*make_silence_source(
                {.url = url, .token = inventory::Secret{"the-token"}, .ca_file = {}, .timeout = timeout}))
        ->read();
}

/// What is read of an Alertmanager that behaves like `script`, and that it comes in time.
inventory::Result<std::vector<Silence>> read_against(const ScriptedServer::Script& script,
                                                     inventory::Duration timeout = 5s) {
    const ScriptedServer server(script);
    const auto begun = std::chrono::steady_clock::now();
    auto silences = read_from(url_of(server.port()), timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, timeout + 2s);
    return silences;
}

TEST(SilenceSource, asks_for_the_silences_with_its_token_below_the_prefix) {
    std::promise<std::string> received;
    const ScriptedServer server([&](Peer& peer) {
        received.set_value(peer.read_request());
        peer.send(http_answer(200, "[]"));
    });
    EXPECT_TRUE(read_from(url_of(server.port(), "/alertmanager/")));
    const auto request = received.get_future().get();
    EXPECT_THAT(request, StartsWith("GET /alertmanager/api/v2/silences HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("Authorization: Bearer the-token\r\n"));
}

TEST(SilenceSource, knows_nothing_of_a_server_that_does_not_answer_well) {
    const auto refused = read_against([](Peer& peer) {
        peer.read_request();
        peer.send(http_answer(401, "[]"));
    });
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("401"));
    EXPECT_THAT(refused.error().message, Not(HasSubstr("the-token")));
    for (const auto& answer : {http_answer(200, "<html>"), http_answer(302, "[]"), http_answer(200, "[1]"),
                               std::string("SSH-2.0\r\n")}) {
        EXPECT_FALSE(read_against([&](Peer& peer) {
            peer.read_request();
            peer.send(answer);
        }));
    }
    EXPECT_FALSE(read_from(url_of(test_support::closed_port())));
}

TEST(SilenceSource, is_held_by_nobody) {
    EXPECT_FALSE(read_against([](Peer& peer) { peer.stay_silent(); }, 300ms));
    const auto dripped = read_against(
        [](Peer& peer) {
            peer.read_request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            peer.drip(" ");
        },
        300ms);
    ASSERT_FALSE(dripped);
    EXPECT_THAT(dripped.error().message, HasSubstr("no whole answer within 0.3s"));
}

TEST(SilenceSource, needs_a_url) {
    EXPECT_FALSE(make_silence_source({.url = "alertmanager:9093", .token = {}, .ca_file = {}}));
}

}  // namespace
}  // namespace controller::alertmanager
