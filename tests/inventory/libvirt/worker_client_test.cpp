#include "inventory/libvirt/worker_client.hpp"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace inventory::libvirt {
namespace {

using namespace std::chrono_literals;

/// A port on loopback that accepts connections into its backlog and never says a word.
class SilentListener {
public:
    SilentListener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address_);
        auto* address = reinterpret_cast<sockaddr*>(&address_);
        if (bind(socket_, address, size) != 0 || listen(socket_, 8) != 0 ||
            getsockname(socket_, address, &size) != 0) {
            throw std::runtime_error("no free port on loopback");
        }
    }
    ~SilentListener() { close(socket_); }
    SilentListener(const SilentListener&) = delete;
    SilentListener& operator=(const SilentListener&) = delete;

    [[nodiscard]] std::string uri() const {
        return "qemu+tcp://127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/session";
    }

private:
    int socket_;
    sockaddr_in address_{};
};

TEST(WorkerClient, finds_the_worker_beside_the_program) {
    EXPECT_EQ(access(WorkerClient::worker_program().c_str(), X_OK), 0) << WorkerClient::worker_program();
}

TEST(WorkerClient, shows_the_domain_of_libvirts_own_test_driver) {
    WorkerClient client{"test:///default"};
    for (int i = 0; i < 2; ++i) {
        const auto domains = client.domains(30s);
        ASSERT_TRUE(domains) << domains.error().message;
        ASSERT_EQ(domains->size(), 1U);
        EXPECT_EQ(domains->front().name, "test");
        EXPECT_EQ(domains->front().state, DomainState::running);
    }
}

TEST(WorkerClient, a_refused_connection_is_an_error_at_once) {
    WorkerClient client{"qemu+tcp://127.0.0.1:1/session"};
    const auto domains = client.domains(60s);
    ASSERT_FALSE(domains);
    EXPECT_NE(domains.error().message.find("refused"), std::string::npos) << domains.error().message;
    EXPECT_NE(domains.error().message.find("127.0.0.1:1"), std::string::npos);
}

TEST(WorkerClient, a_host_that_accepts_and_stays_silent_costs_one_deadline) {
    const SilentListener host;
    WorkerClient client{host.uri()};
    for (int i = 0; i < 2; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const auto domains = client.domains(500ms);
        const auto took = std::chrono::steady_clock::now() - began;
        ASSERT_FALSE(domains);
        EXPECT_EQ(domains.error().message, host.uri() + " (asked for up to 0.5s): no answer in time");
        EXPECT_GE(took, 500ms);
        EXPECT_LT(took, 5s);
    }
}

}  // namespace
}  // namespace inventory::libvirt
