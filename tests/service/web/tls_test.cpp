#include <array>
#include <chrono>
#include <csignal>
#include <future>
#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "service/web/socket.hpp"
#include "service/web_server.hpp"
#include "tests/support/certificate.hpp"
#include "tests/support/temporary_folder.hpp"

namespace service {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;

/// The tests' own clients write without MSG_NOSIGNAL.
const auto pipe_signal_before = std::signal(SIGPIPE, SIG_IGN);

/// A client that stops in the middle of what clients do.
class HalfClient {
public:
    explicit HalfClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const timeval limit{10, 0};
        setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    ~HalfClient() { SSL_free(session_); }
    HalfClient(const HalfClient&) = delete;
    HalfClient& operator=(const HalfClient&) = delete;

    void say_client_hello() {
        begin_session();
        SSL_set0_rbio(session_, BIO_new(BIO_s_mem()));  // deaf to the answer
        EXPECT_EQ(SSL_connect(session_), -1);
    }
    [[nodiscard]] bool shake_hands() {
        begin_session();
        return SSL_connect(session_) == 1;
    }
    void say(const std::string& text) const {
        EXPECT_GT(SSL_write(session_, text.data(), static_cast<int>(text.size())), 0);
    }
    void say_plainly(const std::string& text) const {
        EXPECT_GT(send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL), 0);
    }
    [[nodiscard]] std::string hear_plainly() const {
        std::array<char, 4096> bytes{};
        const auto count = recv(socket_.get(), bytes.data(), bytes.size(), 0);
        return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(0, count))};
    }
    [[nodiscard]] std::string hear() const {
        std::string heard;
        std::array<char, 4096> bytes{};
        for (int count = 1; count > 0;) {
            count = SSL_read(session_, bytes.data(), static_cast<int>(bytes.size()));
            heard.append(bytes.data(), static_cast<std::size_t>(std::max(0, count)));
        }
        return heard;
    }

private:
    void begin_session() {
        static const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{
            SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
        session_ = SSL_new(context.get());
        SSL_set_fd(session_, socket_.get());
    }

    web::Socket socket_;
    SSL* session_ = nullptr;
};

class Tls : public testing::Test {
protected:
    Tls() {
        const auto files = ca_.issue("server", "IP:127.0.0.1,DNS:localhost");
        std::filesystem::rename(files.certificate, folder_.in("server.pem"));
        std::filesystem::rename(files.key, folder_.in("server.key"));
    }

    void start(const std::string& more = "") {
        server_.get("/metrics", [](const WebRequest&) { return WebResponse{.body = "up 1\n"}; });
        server_.get("/large", [](const WebRequest&) { return WebResponse{.body = large_body()}; });
        server_.get("/debug", [](const WebRequest&) { return WebResponse{}; }, {.needs_auth = true});
        server_.post("/echo", [](const WebRequest& request) { return WebResponse{.body = request.body}; },
                     {.max_body = 1'000'000});
        const auto path = folder_.write(
            "web.yml", "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n" + more);
        const auto started = server_.start({"127.0.0.1", 0}, path);
        ASSERT_TRUE(started) << started.error().message;
    }
    static std::string large_body() { return std::string(20'000'000, 'x') + "end"; }

    /// A client that trusts our authority, and shows this certificate when there is one.
    [[nodiscard]] std::unique_ptr<httplib::SSLClient> client(
        const test_support::CertificateFiles& shown = {}) const {
        auto client =
            std::make_unique<httplib::SSLClient>("127.0.0.1", server_.port(), shown.certificate, shown.key);
        client->set_ca_cert_path(ca_.certificate());
        client->enable_server_certificate_verification(true);
        client->set_read_timeout(10s);
        return client;
    }
    /// 0: no answer at all.
    [[nodiscard]] int status_of(const std::string& path,
                                const test_support::CertificateFiles& shown = {}) const {
        const auto answer = client(shown)->Get(path);
        return answer ? answer->status : 0;
    }

    test_support::TemporaryFolder folder_;
    test_support::Authority ca_{folder_.path(), "ours"};
    test_support::Authority foreign_{folder_.path(), "foreign"};
    WebServer server_;
};

TEST_F(Tls, serves_a_client_that_verifies_us) {
    start();
    EXPECT_EQ(status_of("/metrics"), 200);
    EXPECT_FALSE(server_.authenticates());
    EXPECT_EQ(status_of("/debug"), 403);
}

TEST_F(Tls, carries_large_answers_and_bodies_whole) {
    start();
    EXPECT_EQ(client()->Get("/large")->body, large_body());
    const std::string body(900'000, 'b');
    EXPECT_EQ(client()->Post("/echo", body, "text/plain")->body, body);
}

TEST_F(Tls, tells_a_client_of_plain_http_to_use_https) {
    start();
    const HalfClient client{server_.port()};
    client.say_plainly("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.hear_plainly(),
                testing::AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("use https://")));
}

TEST_F(Tls, speaks_no_version_below_the_least) {
    start("  min_version: TLS13\n");
    const auto old = client();
    SSL_CTX_set_max_proto_version(old->ssl_context(), TLS1_2_VERSION);
    EXPECT_FALSE(old->Get("/metrics"));
    EXPECT_EQ(status_of("/metrics"), 200);
}

TEST_F(Tls, speaks_no_version_above_the_most_and_the_named_ciphers_and_curves_alone) {
    start(
        "  max_version: TLS12\n  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n"
        "  curve_preferences: [CurveP384]\n");
    const auto newest = client();
    SSL_CTX_set_min_proto_version(newest->ssl_context(), TLS1_3_VERSION);
    EXPECT_FALSE(newest->Get("/metrics"));
    const auto other_cipher = client();
    SSL_CTX_set_cipher_list(other_cipher->ssl_context(), "ECDHE-ECDSA-AES128-GCM-SHA256");
    EXPECT_FALSE(other_cipher->Get("/metrics"));
    const auto other_curve = client();
    SSL_CTX_set1_groups_list(other_curve->ssl_context(), "X25519");
    EXPECT_FALSE(other_curve->Get("/metrics"));
    EXPECT_EQ(status_of("/metrics"), 200);
}

struct PolicyCase {
    std::string name;
    bool needs_ca;
    bool none;      ///< whether a client without a certificate comes in
    bool stranger;  ///< and one whose certificate a foreign authority has signed
    bool authenticates;
};

class ClientCertificates : public Tls, public testing::WithParamInterface<PolicyCase> {};

TEST_P(ClientCertificates, are_judged_as_go_judges_them) {
    const auto& policy = GetParam();
    const auto known = ca_.issue("known", "DNS:known.example");
    const auto stranger = foreign_.issue("stranger", "DNS:known.example");
    start("  client_auth_type: " + policy.name + "\n" +
          (policy.needs_ca ? "  client_ca_file: ours-ca.pem\n" : ""));
    EXPECT_EQ(status_of("/metrics", known), 200);
    EXPECT_EQ(status_of("/metrics"), policy.none ? 200 : 0);
    EXPECT_EQ(status_of("/metrics", stranger), policy.stranger ? 200 : 0);
    EXPECT_EQ(server_.authenticates(), policy.authenticates);
    EXPECT_EQ(status_of("/debug", known), policy.authenticates ? 200 : 403);
}

INSTANTIATE_TEST_SUITE_P(Policies, ClientCertificates,
                         testing::Values(PolicyCase{"NoClientCert", false, true, true, false},
                                         PolicyCase{"RequestClientCert", false, true, true, false},
                                         PolicyCase{"RequireAnyClientCert", false, false, true, false},
                                         PolicyCase{"VerifyClientCertIfGiven", true, true, false, false},
                                         PolicyCase{"RequireAndVerifyClientCert", true, false, false, true}),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(Tls, a_client_has_to_carry_one_of_the_allowed_names) {
    const auto by_dns = ca_.issue("dns", "DNS:other.example,DNS:prometheus.example");
    const auto by_address = ca_.issue("address", "IP:192.0.2.7");
    const auto by_uri = ca_.issue("uri", "URI:spiffe://cloud/prometheus");
    const auto by_mail = ca_.issue("mail", "email:ops@example.org");
    const auto other = ca_.issue("other", "DNS:other.example");
    const auto below = ca_.issue("below", "DNS:a.prometheus.example");
    const auto forged = foreign_.issue("forged", "DNS:prometheus.example");
    start(
        "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ours-ca.pem\n  "
        "client_allowed_sans: "
        "[prometheus.example, 192.0.2.7, 'spiffe://cloud/prometheus', ops@example.org]\n");
    for (const auto& allowed : {by_dns, by_address, by_uri, by_mail}) {
        EXPECT_EQ(status_of("/metrics", allowed), 200) << allowed.certificate;
    }
    for (const auto& refused : {other, below, forged, test_support::CertificateFiles{}}) {
        EXPECT_EQ(status_of("/metrics", refused), 0) << refused.certificate;
    }
}

TEST_F(Tls, a_name_is_asked_for_also_where_any_authority_will_do) {
    const auto named = foreign_.issue("named", "DNS:prometheus.example");
    const auto other = foreign_.issue("other", "DNS:other.example");
    start("  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [prometheus.example]\n");
    EXPECT_EQ(status_of("/metrics", named), 200);
    EXPECT_EQ(status_of("/metrics", other), 0);
}

TEST_F(Tls, a_renewed_certificate_is_served_without_a_restart) {
    start();
    ASSERT_EQ(status_of("/metrics"), 200);
    const auto renewed = foreign_.issue("server", "IP:127.0.0.1");
    std::filesystem::rename(renewed.certificate, folder_.in("server.pem"));
    std::filesystem::rename(renewed.key, folder_.in("server.key"));
    const auto trusting = [&] {
        const auto asked = client();
        asked->set_ca_cert_path(foreign_.certificate());
        return asked->Get("/metrics");
    };
    const auto deadline = Clock::now() + 10s;
    while (!trusting() && Clock::now() < deadline) {
    }
    EXPECT_TRUE(trusting());
    EXPECT_EQ(status_of("/metrics"), 0);
}

TEST_F(Tls, peers_that_stop_anywhere_before_their_request_is_whole_starve_nobody) {
    start();
    std::vector<std::unique_ptr<HalfClient>> silent;
    for (int i = 0; i < 90; ++i) {
        silent.push_back(std::make_unique<HalfClient>(server_.port()));
        if (i % 3 == 1) {
            silent.back()->say_client_hello();
        } else if (i % 3 == 2) {
            ASSERT_TRUE(silent.back()->shake_hands());
            silent.back()->say("GET /metrics HT");
        }
    }
    const auto start = Clock::now();
    EXPECT_EQ(status_of("/metrics"), 200);
    EXPECT_LT(Clock::now() - start, 1s);
}

TEST_F(Tls, a_peer_that_never_ends_its_head_is_dropped_in_time) {
    start();
    HalfClient client{server_.port()};
    ASSERT_TRUE(client.shake_hands());
    client.say("GET /metrics HTTP/1.1\r\n");
    const auto start = Clock::now();
    EXPECT_EQ(client.hear(), "");
    EXPECT_LT(Clock::now() - start, 8s);
}

TEST_F(Tls, a_request_that_comes_in_pieces_is_served) {
    start();
    HalfClient client{server_.port()};
    ASSERT_TRUE(client.shake_hands());
    for (const char c : std::string{"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        client.say({c});
    }
    EXPECT_THAT(client.hear(), StartsWith("HTTP/1.1 200"));
}

TEST_F(Tls, serves_many_at_once) {
    start();
    std::vector<std::future<int>> answers;
    for (int i = 0; i < 60; ++i) {
        answers.push_back(std::async(std::launch::async, [this] { return status_of("/metrics"); }));
    }
    for (auto& answer : answers) {
        EXPECT_EQ(answer.get(), 200);
    }
}

TEST_F(Tls, stops_at_once_while_peers_are_connected) {
    start();
    std::vector<std::unique_ptr<HalfClient>> peers;
    for (int i = 0; i < 30; ++i) {
        peers.push_back(std::make_unique<HalfClient>(server_.port()));
        if (i % 2 == 0) {
            ASSERT_TRUE(peers.back()->shake_hands());
            peers.back()->say("POST /echo HTTP/1.1\r\nContent-Length: 9\r\n\r\n{");
        }
    }
    const auto start = Clock::now();
    server_.stop();
    EXPECT_LT(Clock::now() - start, 2s);
}

}  // namespace
}  // namespace service
