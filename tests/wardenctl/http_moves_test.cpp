#include "wardenctl/http_moves.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_server.hpp"

namespace wardenctl {
namespace {

using test_support::Peer;
using test_support::ScriptedServer;
using testing::ElementsAre;
using testing::HasSubstr;

std::string precondition(const std::string& name, const std::string& standing) {
    return R"({"name":")" + name + R"(","claim":"","standing":")" + standing +
           R"(","sentence":"s","lifted_by":"l"})";
}

/// What the client makes of a check with these two answers.
CheckedLine checked(const std::string& other_account, const std::string& ownership) {
    ScriptedServer server{[&](Peer& peer) {
        (void)peer.read_request();
        peer.send(test_support::http_answer(
            200, R"({"vm_id":"u","vm":"i-2-41-VM","standing":"fails","preconditions":[)" +
                     precondition("other_account", other_account) + "," +
                     precondition("ownership", ownership) + "]}"));
    }};
    HttpMoves office("http://127.0.0.1:" + std::to_string(server.port()), inventory::Secret{"token"},
                     {"eve", "sold"});
    return office.check({"i-2-41-VM", "bob", "ROOT", {}}).value();
}

TEST(HttpMoves, a_vm_is_there_when_it_is_the_accounts_and_whole) {
    EXPECT_TRUE(checked("fails", "holds").is_there());
    EXPECT_FALSE(checked("fails", "fails").is_there()) << "in pieces";
    EXPECT_FALSE(checked("fails", "unknown").is_there());
    EXPECT_FALSE(checked("holds", "holds").is_there()) << "wholly the old owner's";
    EXPECT_FALSE(checked("unknown", "unknown").is_there());
    EXPECT_TRUE(checked("fails", "fails").belongs_there);
}

TEST(HttpMoves, names_what_does_not_hold_with_what_lifts_it) {
    EXPECT_THAT(checked("holds", "fails").sentences, ElementsAre(HasSubstr("s (lifted by: l)")));
}

}  // namespace
}  // namespace wardenctl
