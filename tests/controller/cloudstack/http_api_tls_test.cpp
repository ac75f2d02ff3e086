#include <csignal>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "controller/cloudstack/http_api.hpp"
#include "tests/support/certificate.hpp"
#include "tests/support/scripted_server.hpp"

namespace controller::cloudstack {
namespace {

using namespace std::chrono_literals;

/// As in the programs (service::block_signals): TLS writes to a socket that the deadline has cut.
const auto pipe_signal_before = std::signal(SIGPIPE, SIG_IGN);

/// CloudStack behind TLS on 127.0.0.1, which accepts every stop.
class TlsServer {
public:
    explicit TlsServer(const test_support::CertificateFiles& files)
        : server_(files.certificate.c_str(), files.key.c_str()) {
        server_.Post("/client/api", [](const httplib::Request&, httplib::Response& response) {
            response.set_content(R"({"stopvirtualmachineresponse":{"jobid":"j-1"}})", "application/json");
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) {  // stop() before that would be lost
            std::this_thread::yield();
        }
    }
    ~TlsServer() {
        server_.stop();
        thread_.join();
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    [[nodiscard]] std::string authority(const std::string& host) const {
        return host + ":" + std::to_string(port_);
    }

private:
    httplib::SSLServer server_;
    int port_ = 0;
    std::thread thread_;
};

class HttpApiTls : public testing::Test {
protected:
    HttpApiTls() = default;
    ~HttpApiTls() override { std::filesystem::remove_all(directory_); }

    static Submission stop(const std::string& authority, const std::string& ca_file) {
        Endpoint endpoint{.url = "https://" + authority + "/client/api",
                          .keys = {inventory::Secret{"key"}, inventory::Secret{"secret"}},
                          .ca_file = ca_file,
                          .timeout = 2s};
        return (*make_http_api(std::move(endpoint), {}))
            ->stop_virtual_machine("uuid", true, inventory::Time{1'000'000s});
    }

    const std::string directory_ = testing::TempDir() + "warden-tls-" + std::to_string(::getpid());
    const test_support::CertificateFiles files_ = make_files();

private:
    [[nodiscard]] test_support::CertificateFiles make_files() const {
        std::filesystem::create_directories(directory_);
        return test_support::make_certificate(directory_, "127.0.0.1");
    }
};

TEST_F(HttpApiTls, talks_to_a_server_whose_certificate_it_can_verify) {
    const TlsServer server(files_);
    EXPECT_EQ(stop(server.authority("127.0.0.1"), files_.certificate), Submission{Accepted{"j-1"}});
}

TEST_F(HttpApiTls, sends_nothing_to_a_server_that_nobody_vouches_for) {
    const TlsServer server(files_);
    EXPECT_TRUE(std::holds_alternative<NotSent>(stop(server.authority("127.0.0.1"), "")));
}

TEST_F(HttpApiTls, sends_nothing_to_a_server_whose_certificate_names_another) {
    const TlsServer server(files_);
    EXPECT_TRUE(std::holds_alternative<NotSent>(stop(server.authority("localhost"), files_.certificate)));
}

TEST_F(HttpApiTls, sends_nothing_without_its_file_of_authorities) {
    const TlsServer server(files_);
    EXPECT_TRUE(std::holds_alternative<NotSent>(stop(server.authority("127.0.0.1"), "/no/such.pem")));
}

TEST_F(HttpApiTls, is_not_held_by_a_server_that_never_ends_its_handshake) {
    const test_support::ScriptedServer server([](test_support::Peer& peer) { peer.stay_silent(); });
    const auto begun = std::chrono::steady_clock::now();
    const auto submission = stop("127.0.0.1:" + std::to_string(server.port()), files_.certificate);
    EXPECT_TRUE(std::holds_alternative<NotSent>(submission));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
}

}  // namespace
}  // namespace controller::cloudstack
