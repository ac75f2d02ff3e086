#include "controller/cloudstack/http_api.hpp"

#include <chrono>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_server.hpp"

namespace controller::cloudstack {
namespace {

using namespace std::chrono_literals;
using test_support::http_answer;
using test_support::Peer;
using test_support::ScriptedServer;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const inventory::Time expiry = std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 3h + 4min + 5s;
const std::string vm_uuid = "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69";

Endpoint endpoint(const std::string& url, inventory::Duration timeout = 5s) {
    return {.url = url,
            .keys = {inventory::Secret{"the-api-key"}, inventory::Secret{"the-secret-key"}},
            .ca_file = {},
            .timeout = timeout};
}

Submission stop_at(const std::string& url, inventory::Duration timeout = 5s) {
    return (*make_http_api(endpoint(url, timeout), {}))->stop_virtual_machine(vm_uuid, true, expiry);
}

/// Short, for a server that will not answer; one that does has all the time that it needs.
constexpr auto short_time = 300ms;

/// What a stop becomes when CloudStack behaves like `script`, and that it comes in time.
Submission stop_against(const ScriptedServer::Script& script, inventory::Duration timeout = 5s) {
    const ScriptedServer server(script);
    const auto begun = std::chrono::steady_clock::now();
    auto submission = stop_at(server.url(), timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, timeout + 2s);
    return submission;
}

void expect_unknown(const Submission& submission, const std::string& why) {
    ASSERT_TRUE(std::holds_alternative<Unknown>(submission)) << submission.index();
    const auto& reason = std::get<Unknown>(submission).reason;
    EXPECT_THAT(reason, HasSubstr(why));
    EXPECT_THAT(reason, Not(HasSubstr("the-api-key")));
}

TEST(HttpApi, a_move_is_one_signed_post_that_may_take_longer_than_any_other) {
    std::promise<std::string> received;
    const ScriptedServer server([&](Peer& peer) {
        received.set_value(peer.read_request());
        std::this_thread::sleep_for(2 * short_time);
        peer.send(http_answer(200, R"({"assignvirtualmachineresponse":{"virtualmachine":{"id":"x"}}})"));
    });
    auto patient = endpoint(server.url(), short_time);
    patient.move_timeout = 5s;
    const auto api = *make_http_api(patient, {});
    const auto submission = api->assign_virtual_machine(vm_uuid, {"bob", "d-3", {"n-1", "n-2"}}, expiry);
    EXPECT_EQ(submission, Submission(Accepted{}));
    const auto request = received.get_future().get();
    for (const auto* parameter : {"command=assignVirtualMachine", "account=bob", "domainid=d-3",
                                  "networkids=n-1%2Cn-2", "expires="}) {
        EXPECT_THAT(request, HasSubstr(parameter));
    }
}

TEST(HttpApi, sends_one_signed_post_and_reads_the_job) {
    std::promise<std::string> received;
    const ScriptedServer server([&](Peer& peer) {
        received.set_value(peer.read_request());
        peer.send(http_answer(200, R"({"stopvirtualmachineresponse":{"jobid":"j-1"}})"));
    });
    EXPECT_EQ(stop_at(server.url()), Submission{Accepted{"j-1"}});
    const auto request = received.get_future().get();
    EXPECT_THAT(request, StartsWith("POST /client/api HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("Content-Type: application/x-www-form-urlencoded\r\n"));
    EXPECT_THAT(request, HasSubstr("Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\n\r\napiKey=the-api-key&command=stopVirtualMachine"
                                   "&expires=2026-01-02T03%3A04%3A05%2B0000&forced=true&id=" +
                                   vm_uuid + "&response=json&signatureVersion=3&signature="));
    EXPECT_THAT(request, Not(HasSubstr("the-secret-key")));
}

TEST(HttpApi, asks_for_a_job) {
    const ScriptedServer server([&](Peer& peer) {
        EXPECT_THAT(peer.read_request(), HasSubstr("command=queryAsyncJobResult"));
        peer.send(http_answer(200, R"({"queryasyncjobresultresponse":{"jobstatus":1}})"));
    });
    const auto status = (*make_http_api(endpoint(server.url()), {}))->job_status("j-1", expiry);
    EXPECT_EQ(status->state, JobState::succeeded);
}

TEST(HttpApi, names_the_job_that_it_cannot_follow) {
    const auto url = "http://127.0.0.1:" + std::to_string(test_support::closed_port());
    const auto status = (*make_http_api(endpoint(url), {}))->job_status("j-1", expiry);
    EXPECT_THAT(status.error().message, StartsWith("cannot follow job j-1: cannot reach http://127.0.0.1:"));
    EXPECT_TRUE(status.error().retryable);
}

TEST(HttpApi, knows_that_a_refused_connection_sent_nothing) {
    const auto submission = stop_at("http://127.0.0.1:" + std::to_string(test_support::closed_port()));
    ASSERT_TRUE(std::holds_alternative<NotSent>(submission));
    EXPECT_THAT(std::get<NotSent>(submission).reason, StartsWith("cannot reach http://127.0.0.1:"));
}

TEST(HttpApi, knows_that_a_name_that_does_not_resolve_sent_nothing) {
    EXPECT_TRUE(std::holds_alternative<NotSent>(stop_at("http://no-such-host.invalid:8080/client/api")));
}

TEST(HttpApi, knows_not_what_a_silent_server_did) {
    expect_unknown(stop_against([](Peer& peer) { peer.stay_silent(); }, short_time),
                   "no whole answer within");
}

TEST(HttpApi, is_not_held_by_a_server_that_drips_its_headers) {
    expect_unknown(
        stop_against(
            [](Peer& peer) {
                peer.read_request();
                peer.drip("HTTP/1.1 200 OK\r\nX: y\r\nX: y\r\nX: y\r\nX: y\r\nX: y\r\nX: y\r\nX: y\r\n");
            },
            short_time),
        "");
}

TEST(HttpApi, is_not_held_by_a_server_that_drips_its_body) {
    expect_unknown(stop_against(
                       [](Peer& peer) {
                           peer.read_request();
                           peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                           peer.drip(" ");
                       },
                       short_time),
                   "no whole answer within 0.3s");
}

TEST(HttpApi, knows_not_what_half_an_answer_means) {
    const auto whole = http_answer(200, R"({"stopvirtualmachineresponse":{"jobid":"j-1"}})");
    for (const std::size_t kept : {std::size_t{0}, std::size_t{9}, std::size_t{40}, whole.size() - 1}) {
        expect_unknown(stop_against([&](Peer& peer) {
                           peer.read_request();
                           peer.send(whole.substr(0, kept));
                       }),
                       "lost the answer of http://127.0.0.1");
    }
}

TEST(HttpApi, knows_not_what_a_server_did_that_closed_before_it_read) {
    const auto submission = stop_against([](Peer&) {});
    EXPECT_TRUE(std::holds_alternative<Unknown>(submission));
}

TEST(HttpApi, reads_nothing_into_answers_that_are_not_cloudstacks) {
    const auto answers = {
        http_answer(200, ""), http_answer(200, "<html></html>"), http_answer(502, "<html>Bad gateway</html>"),
        std::string("SSH-2.0-OpenSSH_9.2\r\n"),
        std::string("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")};
    for (const auto& answer : answers) {
        expect_unknown(stop_against([&](Peer& peer) {
                           peer.read_request();
                           peer.send(answer);
                       }),
                       "");
    }
}

TEST(HttpApi, reads_a_refusal) {
    const auto submission = stop_against([](Peer& peer) {
        peer.read_request();
        peer.send(http_answer(530, R"({"stopvirtualmachineresponse":{"errorcode":530,"errortext":"NPE"}})"));
    });
    EXPECT_EQ(submission, (Submission{Refused{530, "NPE", false}}));
}

TEST(HttpApi, does_not_swallow_an_endless_answer) {
    expect_unknown(stop_against(
                       [](Peer& peer) {
                           peer.read_request();
                           peer.send("HTTP/1.1 200 OK\r\nContent-Length: 8388608\r\n\r\n");
                           peer.send(std::string(8'388'608, ' '));
                       },
                       5s),
                   "");
}

TEST(HttpApi, counts_every_request_by_its_result) {
    std::vector<std::string> counted;
    const auto count = [&](std::string_view command, std::string_view result) {
        counted.push_back(std::string(command) + " " + std::string(result));
    };
    const ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.send(http_answer(200, ""));
    });
    const auto api = *make_http_api(endpoint(server.url()), count);
    api->stop_virtual_machine(vm_uuid, true, expiry);
    (void)api->job_status("j-1", expiry);
    const auto unreachable =
        *make_http_api(endpoint("http://127.0.0.1:" + std::to_string(test_support::closed_port())), count);
    unreachable->stop_virtual_machine(vm_uuid, true, expiry);
    EXPECT_EQ(counted, (std::vector<std::string>{"stopVirtualMachine unknown", "queryAsyncJobResult error",
                                                 "stopVirtualMachine not_sent"}));
}

TEST(HttpApi, needs_a_url) {
    EXPECT_FALSE(make_http_api(endpoint("cloud:8080"), {}).has_value());
}

}  // namespace
}  // namespace controller::cloudstack
