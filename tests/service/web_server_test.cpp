#include "service/web_server.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "service/web/socket.hpp"

namespace service {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;

/// A client that says exactly what a test wants, well-formed or not.
class RawPeer {
public:
    explicit RawPeer(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const timeval limit{10, 0};
        setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    void say(const std::string& text) const {
        std::size_t sent = 0;
        while (sent < text.size()) {
            const auto count = send(socket_.get(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) {
                return;  // the server may rightly have closed already; what it answered is what is tested
            }
            sent += static_cast<std::size_t>(count);
        }
    }

    /// Everything until the server closes.
    [[nodiscard]] std::string hear() const {
        std::string heard;
        std::array<char, 4096> bytes{};
        for (ssize_t count = 1; count > 0;) {
            count = recv(socket_.get(), bytes.data(), bytes.size(), 0);
            heard.append(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(0, count)));
        }
        return heard;
    }

    [[nodiscard]] std::string ask(const std::string& text) const {
        say(text);
        return hear();
    }

private:
    web::Socket socket_;
};

class WebServerTest : public testing::Test {
protected:
    void SetUp() override {
        server_.get("/-/healthy", [](const WebRequest&) { return WebResponse{.body = "healthy\n"}; });
        server_.get("/items/([0-9]+)/([a-z]+)", [](const WebRequest& request) {
            return WebResponse{.body = request.captures.at(0) + "," + request.captures.at(1)};
        });
        server_.get("/echo", [](const WebRequest& request) {
            std::string text;
            const auto [first, last] = request.query.equal_range("q");
            for (auto item = first; item != last; ++item) {
                text += item->second + " ";
            }
            return WebResponse{.body = text + (request.accepts_gzip ? "gzip" : "plain")};
        });
        server_.get("/headers", [](const WebRequest& request) {
            const auto found = request.headers.find("x-colour");
            return WebResponse{.body = (found == request.headers.end() ? "none" : found->second) +
                                       (request.headers.contains("authorization") ? " secret" : "")};
        });
        server_.post("/bodiless", [](const WebRequest&) { return WebResponse{.body = "done"}; });
        server_.get("/squeezed", [](const WebRequest&) {
            return WebResponse{.body = std::string(2000, 'z'), .content_encoding = "gzip"};
        });
        server_.get("/json", [](const WebRequest&) { return WebResponse{}; },
                    {.bearer = inventory::Secret{"token-1"}, .json_errors = true});
        server_.get("/fails", [](const WebRequest&) -> WebResponse {
            throw std::runtime_error{"the secret is hunter2"};
        });
        server_.post("/alerts",
                     [this](const WebRequest& request) {
                         ++accepted_;
                         return WebResponse{.content_type = "application/json", .body = request.body};
                     },
                     {.bearer = inventory::Secret{"token-1"},
                      .max_body = 1024,
                      .content_type = "application/json",
                      .on_rejected = [this](std::string_view reason) {
                          const std::lock_guard lock{mutex_};
                          reasons_.emplace_back(reason);
                      }});
        const auto started = server_.start({"127.0.0.1", 0});
        ASSERT_TRUE(started) << started.error().message;
    }

    [[nodiscard]] std::string ask(const std::string& text) const { return RawPeer{server_.port()}.ask(text); }

    [[nodiscard]] std::string get(const std::string& target, const std::string& headers = "") const {
        return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    [[nodiscard]] std::string post(const std::string& headers, const std::string& body) const {
        return ask("POST /alerts HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body);
    }

    std::vector<std::string> reasons() {
        const std::lock_guard lock{mutex_};
        return reasons_;
    }

    std::mutex mutex_;
    std::vector<std::string> reasons_;
    std::atomic<int> accepted_{0};
    WebServer server_;
};

const std::string auth = "Authorization: Bearer token-1\r\n";
const std::string json = "Content-Type: application/json\r\n";

TEST_F(WebServerTest, serves_a_page_with_headers_that_protect_a_browser) {
    const auto answer = get("/-/healthy");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, AllOf(HasSubstr("\r\nContent-Length: 8\r\n"), HasSubstr("\r\nConnection: close\r\n"),
                              HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"),
                              HasSubstr("\r\nX-Frame-Options: DENY\r\n"), HasSubstr("\r\n\r\nhealthy\n")));
}

TEST_F(WebServerTest, answers_head_without_a_body) {
    const auto answer = ask("HEAD /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer,
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Length: 8"), Not(HasSubstr("healthy"))));
}

TEST_F(WebServerTest, gives_captures_and_decoded_query) {
    EXPECT_THAT(get("/items/42/steps"), HasSubstr("\r\n\r\n42,steps"));
    EXPECT_THAT(get("/echo?q=a%20b&q=other"), HasSubstr("\r\n\r\na b other plain"));
    EXPECT_THAT(get("/echo?q=x", "Accept-Encoding: deflate, gzip\r\n"), HasSubstr("x gzip"));
    EXPECT_THAT(get("/echo?q=x", "Warden-Accepts-Gzip: yes\r\n"), HasSubstr("x plain"));
}

TEST_F(WebServerTest, gives_headers_without_the_secret_one) {
    EXPECT_THAT(get("/headers", "X-Colour: red\r\nAuthorization: Bearer t\r\n"), EndsWith("\r\n\r\nred"));
    EXPECT_THAT(get("/headers"), EndsWith("\r\n\r\nnone"));
}

TEST_F(WebServerTest, what_is_compressed_already_goes_out_as_it_is) {
    const auto answer = get("/squeezed", "Accept-Encoding: gzip\r\n");
    EXPECT_THAT(answer, AllOf(HasSubstr("Content-Encoding: gzip"), HasSubstr("Content-Length: 2000")));
}

TEST_F(WebServerTest, knows_paths_and_methods) {
    EXPECT_THAT(get("/nothing"), AllOf(StartsWith("HTTP/1.1 404"), HasSubstr("\r\n\r\nnot found\n")));
    EXPECT_THAT(get("/alerts"), AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("\r\nAllow: POST\r\n")));
    EXPECT_THAT(ask("DELETE /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("Allow: GET, HEAD")));
    EXPECT_THAT(ask("nonsense\r\n\r\n"), AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("bad request\n")));
    EXPECT_THAT(get("/" + std::string(9000, 'a')), StartsWith("HTTP/1.1 414"));
}

TEST_F(WebServerTest, an_exception_tells_the_client_nothing) {
    testing::internal::CaptureStderr();
    const auto answer = get("/fails");
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("a request failed"));
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 500"), HasSubstr("\r\n\r\ninternal error\n"),
                              Not(HasSubstr("hunter2")), Not(HasSubstr("EXCEPTION"))));
}

TEST_F(WebServerTest, takes_a_well_formed_post) {
    EXPECT_THAT(post(auth + json + "Content-Length: 2\r\n", "{}"),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("\r\n\r\n{}")));
    EXPECT_THAT(post("authorization: bearer token-1\r\nContent-Type: Application/JSON; "
                     "charset=utf-8\r\nContent-Length: 2\r\n",
                     "{}"),
                StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(accepted_, 2);
    EXPECT_TRUE(reasons().empty());
}

TEST_F(WebServerTest, takes_a_post_without_a_body_as_curl_sends_it) {
    const auto answer = ask("POST /bodiless HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200"), EndsWith("\r\n\r\ndone")));
    EXPECT_THAT(ask("POST /bodiless HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"),
                StartsWith("HTTP/1.1 413"));
}

TEST_F(WebServerTest, turns_away_by_the_head_alone_and_says_why) {
    const std::string two = "Content-Length: 2\r\n";
    struct Case {
        std::string headers;
        std::string status;
        std::string reason;
    };
    std::string flood;
    for (int i = 0; i < 70; ++i) {
        flood += "X-" + std::to_string(i) + ": 1\r\n";
    }
    const std::vector<Case> cases{
        {json + two, "401", "unauthorized"},
        {"Authorization: Bearer token-2\r\n" + json + two, "401", "unauthorized"},
        {"Authorization: Bearer \r\n" + json + two, "401", "unauthorized"},
        {"Authorization: Basic token-1\r\n" + json + two, "401", "unauthorized"},
        {auth + auth + json + two, "401", "unauthorized"},
        {auth + json + "Transfer-Encoding: chunked\r\n", "411", "chunked"},
        {auth + json + "Transfer-Encoding: chunked\r\n" + two, "411", "chunked"},
        {auth + json + "Content-Encoding: gzip\r\n" + two, "415", "compressed"},
        {auth + json, "411", "no_length"},
        {auth + json + "Content-Length: 1025\r\n", "413", "too_large"},
        {auth + json + "Content-Length: 99999999999999999999999\r\n", "413", "too_large"},
        {auth + json + "Content-Length: -1\r\n", "400", "bad_length"},
        {auth + json + "Content-Length: 2x\r\n", "400", "bad_length"},
        {auth + json + two + two, "400", "bad_length"},
        {auth + "Content-Type: text/plain\r\n" + two, "415", "content_type"},
        {auth + two, "415", "content_type"},
        {auth + json + two + flood, "431", "headers"},
    };
    std::vector<std::string> expected;
    for (const auto& one : cases) {
        EXPECT_THAT(post(one.headers, "{}"), StartsWith("HTTP/1.1 " + one.status)) << one.headers;
        expected.push_back(one.reason);
    }
    EXPECT_EQ(reasons(), expected);
    EXPECT_EQ(accepted_, 0);
}

TEST_F(WebServerTest, names_the_scheme_that_a_401_wants) {
    EXPECT_THAT(post(json, ""), HasSubstr("\r\nWWW-Authenticate: Bearer\r\n"));
}

TEST_F(WebServerTest, refuses_in_json_where_a_route_speaks_json) {
    EXPECT_THAT(get("/json"),
                AllOf(StartsWith("HTTP/1.1 401"), HasSubstr("Content-Type: application/json"),
                      HasSubstr("{\"error\":\"send the right token as Authorization: Bearer\"}\n")));
}

TEST_F(WebServerTest, a_client_that_waits_to_be_told_to_go_on_is_turned_away_before_its_body) {
    EXPECT_THAT(post("Expect: 100-continue\r\n" + json + "Content-Length: 2\r\n", ""),
                StartsWith("HTTP/1.1 401"));
    EXPECT_THAT(post("Expect: 100-continue\r\n" + auth + json + "Content-Length: 2\r\n", "{}"),
                AllOf(StartsWith("HTTP/1.1 100"), HasSubstr("HTTP/1.1 200")));
}

TEST_F(WebServerTest, a_head_without_end_is_refused) {
    EXPECT_THAT(ask("GET / HTTP/1.1\r\nX: " + std::string(40'000, 'a')), StartsWith("HTTP/1.1 431"));
    EXPECT_THAT(ask(std::string(40'000, 'a')), StartsWith("HTTP/1.1 431"));
}

TEST_F(WebServerTest, unread_bytes_are_never_a_next_request) {
    const auto answer = post(json + "Content-Length: 60\r\nConnection: keep-alive\r\n",
                             "GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 401"), Not(HasSubstr("healthy"))));
}

TEST_F(WebServerTest, a_large_refused_body_still_gets_its_answer) {
    EXPECT_THAT(post(auth + json + "Content-Length: 1000000\r\n", std::string(1'000'000, 'x')),
                StartsWith("HTTP/1.1 413"));
}

TEST_F(WebServerTest, ranges_are_ignored_however_many) {
    std::string ranges = "Range: bytes=0-0";
    while (ranges.size() < 8000) {
        ranges += ",0-0";
    }
    EXPECT_THAT(get("/-/healthy", "Range: bytes=0-1\r\n"),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("healthy\n")));
    EXPECT_THAT(get("/-/healthy", ranges + "\r\n"), Not(HasSubstr("multipart")));
}

TEST_F(WebServerTest, silent_and_half_spoken_peers_starve_nobody) {
    std::vector<RawPeer> silent;
    for (int i = 0; i < 60; ++i) {
        silent.emplace_back(server_.port());
        silent.back().say(i % 2 == 0 ? "" : "GET /-/healthy HT");
    }
    const auto start = Clock::now();
    EXPECT_THAT(get("/-/healthy"), StartsWith("HTTP/1.1 200"));
    EXPECT_LT(Clock::now() - start, 500ms);
}

TEST_F(WebServerTest, a_request_that_comes_in_pieces_is_served) {
    const RawPeer peer{server_.port()};
    for (const char c : std::string{"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        peer.say({c});
    }
    EXPECT_THAT(peer.hear(), StartsWith("HTTP/1.1 200"));
}

TEST_F(WebServerTest, a_body_that_never_comes_ends_in_time) {
    const auto start = Clock::now();
    EXPECT_THAT(post(auth + json + "Content-Length: 9\r\n", "{"), Not(HasSubstr("200 OK")));
    EXPECT_LT(Clock::now() - start, 8s);
    EXPECT_EQ(accepted_, 0);
}

TEST_F(WebServerTest, serves_many_at_once) {
    std::vector<std::future<std::string>> answers;
    for (int i = 0; i < 100; ++i) {
        answers.push_back(std::async(std::launch::async,
                                     [this] { return post(auth + json + "Content-Length: 2\r\n", "{}"); }));
    }
    for (auto& answer : answers) {
        EXPECT_THAT(answer.get(), StartsWith("HTTP/1.1 200"));
    }
    EXPECT_EQ(accepted_, 100);
}

TEST_F(WebServerTest, stops_at_once_while_peers_are_connected) {
    std::vector<RawPeer> peers;
    for (int i = 0; i < 30; ++i) {
        peers.emplace_back(server_.port());
        peers.back().say(
            i % 2 == 0 ? "" : "POST /alerts HTTP/1.1\r\n" + auth + json + "Content-Length: 9\r\n\r\n{");
    }
    const auto start = Clock::now();
    server_.stop();
    EXPECT_LT(Clock::now() - start, 2s);
    server_.stop();
}

TEST_F(WebServerTest, a_second_start_on_the_same_port_fails_clearly) {
    WebServer second;
    const auto started = second.start({"127.0.0.1", server_.port()});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().message,
              "cannot listen on 127.0.0.1:" + std::to_string(server_.port()) +
                  ": Address already in use (another program listens there; stop it or choose another port)");
}

TEST_F(WebServerTest, its_port_is_free_again_at_once) {
    const auto port = server_.port();
    EXPECT_THAT(get("/-/healthy"), StartsWith("HTTP/1.1 200"));
    server_.stop();
    WebServer second;
    EXPECT_TRUE(second.start({"127.0.0.1", port}));
}

TEST_F(WebServerTest, an_ordinary_client_library_gets_along_with_it) {
    httplib::Client client{"127.0.0.1", server_.port()};
    client.set_keep_alive(true);
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.Get("/-/healthy");
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, "healthy\n");
    }
}

TEST(WebServerStart, names_what_is_wrong_with_an_address) {
    WebServer server;
    EXPECT_THAT(server.start({"192.0.2.1", 1}).error().message, HasSubstr("cannot listen on 192.0.2.1:1: "));
    EXPECT_THAT(server.start({"no.such.host.invalid", 1}).error().message,
                HasSubstr("cannot listen on no.such.host.invalid:1: "));
}

}  // namespace
}  // namespace service
