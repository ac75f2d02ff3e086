#include "inventory/libvirt/worker_client.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

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

/// A program of the test's own in the worker's place.
class Script {
public:
    explicit Script(const std::string& text)
        : path_(testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::ofstream{path_} << "#!/bin/sh\n" << text;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    ~Script() { std::filesystem::remove(path_); }
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

constexpr auto empty_answer = R"('{"ok":true,"domains":[]}')";

auto time_of_wait(WorkerClient& client, Duration limit, const Wakeup& wakeup) {
    const auto began = std::chrono::steady_clock::now();
    client.wait_for_change(limit, wakeup);
    return std::chrono::steady_clock::now() - began;
}

TEST(WorkerClient, a_change_ends_the_wait_whenever_it_was_told) {
    const Wakeup wakeup;
    for (const auto& turn : {std::string{"echo "} + empty_answer + "; sleep 0.2; echo changed",
                             std::string{"echo "} + empty_answer + "; echo changed",
                             std::string{"echo changed; echo "} + empty_answer}) {
        const Script worker{"echo ready; while read -r line; do " + turn + "; done"};
        WorkerClient client{"test:///default", worker.path()};
        ASSERT_TRUE(client.domains(30s));
        EXPECT_LT(time_of_wait(client, 60s, wakeup), 30s) << turn;
        ASSERT_TRUE(client.domains(30s)) << turn;
    }
}

TEST(WorkerClient, a_quiet_host_lets_the_time_pass_unless_woken) {
    const Script worker{std::string{"echo ready; while read -r line; do echo "} + empty_answer + "; done"};
    WorkerClient client{"test:///default", worker.path()};
    ASSERT_TRUE(client.domains(30s));
    const Wakeup wakeup;
    EXPECT_GE(time_of_wait(client, 200ms, wakeup), 200ms);
    wakeup.signal();
    EXPECT_LT(time_of_wait(client, 60s, wakeup), 30s);
}

TEST(WorkerClient, workers_that_die_or_babble_while_nobody_asks_are_not_started_one_after_the_other) {
    const Wakeup wakeup;
    for (const std::string end : {"exit 0", "echo babble"}) {
        const Script worker{std::string{"echo ready; read -r line; echo "} + empty_answer + "; " + end +
                            "; read -r line"};
        WorkerClient client{"test:///default", worker.path()};
        ASSERT_TRUE(client.domains(30s));
        EXPECT_GE(time_of_wait(client, 300ms, wakeup), 300ms) << end;
        EXPECT_TRUE(client.domains(30s)) << end;
    }
}

TEST(WorkerClient, a_host_that_refuses_costs_no_new_process) {
    const Script worker{
        R"(echo ready; while read -r line; do echo "{\"ok\":false,\"error\":\"refused by $$\"}"; done)"};
    WorkerClient client{"test:///default", worker.path()};
    const auto first = client.domains(30s);
    ASSERT_FALSE(first);
    EXPECT_EQ(client.domains(30s).error().message, first.error().message);
}

TEST(WorkerClient, a_worker_that_cannot_start_is_an_error_with_its_words) {
    const Script worker{"echo no libvirt here"};
    WorkerClient client{"test:///default", worker.path()};
    const auto answer = client.domains(30s);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message, worker.path() + " does not start: it says no libvirt here");
}

TEST(WorkerClient, what_the_worker_started_ends_with_it) {
    const auto file = testing::TempDir() + "ssh_of_the_worker";
    const Script ssh{"echo $$ > " + file + "; exec sleep 1000"};
    {
        WorkerClient client{"qemu+ssh://127.0.0.1/system?no_tty=1&command=" + ssh.path()};
        EXPECT_FALSE(client.domains(3s));
    }
    pid_t pid = 0;
    std::ifstream{file} >> pid;
    ASSERT_GT(pid, 0);
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (kill(pid, 0) == 0 && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    EXPECT_NE(kill(pid, 0), 0);
    std::filesystem::remove(file);
}

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
