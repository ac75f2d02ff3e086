#include "wardenctl/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/web_server.hpp"
#include "tests/support/scripted_server.hpp"

namespace wardenctl {
namespace {

using namespace std::chrono_literals;
using test_support::Peer;
using test_support::ScriptedServer;

std::string address_of(std::uint16_t port) {
    return "http://127.0.0.1:" + std::to_string(port);
}

TEST(Client, sends_the_token_and_gives_the_answer) {
    service::WebServer server;
    server.get("/x",
               [](const service::WebRequest&) { return service::WebResponse{.status = 404, .body = "{}"}; },
               {.bearer = inventory::Secret{"token"}});
    ASSERT_TRUE(server.start({"127.0.0.1", 0}));
    const auto answer = get(address_of(server.port()), "/x", inventory::Secret{"token"}, 5s);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 404);
    EXPECT_EQ(answer->body, "{}");
    EXPECT_EQ(get(address_of(server.port()), "/x", inventory::Secret{"other"}, 5s)->status, 401);
}

TEST(Client, says_where_nobody_answers) {
    const auto nobody = address_of(test_support::closed_port());
    const auto answer = get(nobody, "/x", inventory::Secret{"token"}, 5s);
    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().message, testing::StartsWith("cannot reach the controller at " + nobody));
    EXPECT_FALSE(get("nonsense://x", "/", inventory::Secret{"token"}, 1s));
}

TEST(Client, waits_no_longer_than_its_limit_for_silence_or_for_drops) {
    ScriptedServer silent{[](Peer& peer) { peer.stay_silent(); }};
    ScriptedServer dripping{[](Peer& peer) { peer.drip("HTTP/1.1 200 OK\r\nX: " + std::string(1000, 'x')); }};
    for (const auto port : {silent.port(), dripping.port()}) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_FALSE(get(address_of(port), "/x", inventory::Secret{"token"}, 300ms));
        EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    }
}

TEST(Client, encodes_names) {
    EXPECT_EQ(url_encoded("i-2-43-VM"), "i-2-43-VM");
    EXPECT_EQ(url_encoded("a b/c?d&e"), "a%20b%2Fc%3Fd%26e");
}

}  // namespace
}  // namespace wardenctl
