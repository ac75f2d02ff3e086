#include "inventory/libvirt/worker_process.hpp"

#include <cerrno>
#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace inventory::libvirt {
namespace {

using namespace std::chrono_literals;

auto in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

std::ptrdiff_t open_descriptors() {
    const std::filesystem::directory_iterator list{"/proc/self/fd"};
    return std::distance(begin(list), end(list));
}

TEST(WorkerProcess, answers_with_one_line_per_request) {
    auto worker = WorkerProcess::start("/bin/cat", "-");
    ASSERT_TRUE(worker) << worker.error().message;
    EXPECT_EQ(*worker->ask("one\n", 100, in(10s)), "one");
    EXPECT_EQ(*worker->ask("two\n", 100, in(10s)), "two");
}

TEST(WorkerProcess, a_silent_one_costs_its_deadline_and_no_more) {
    auto worker = WorkerProcess::start("/bin/sleep", "1000");
    ASSERT_TRUE(worker);
    const auto began = std::chrono::steady_clock::now();
    const auto answer = worker->ask("list\n", 100, in(200ms));
    const auto took = std::chrono::steady_clock::now() - began;
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message, "no answer in time");
    EXPECT_GE(took, 200ms);
    EXPECT_LT(took, 5s);
}

TEST(WorkerProcess, one_that_died_is_noticed_at_once) {
    auto worker = WorkerProcess::start("/bin/false", "");
    ASSERT_TRUE(worker);
    EXPECT_FALSE(worker->ask("list\n", 100, in(30s)));
}

TEST(WorkerProcess, an_endless_line_is_refused) {
    auto worker = WorkerProcess::start("/bin/dd", "if=/dev/zero");
    ASSERT_TRUE(worker);
    const auto answer = worker->ask("list\n", 1000, in(30s));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message, "the libvirt worker's answer is too long");
}

TEST(WorkerProcess, a_program_that_is_not_there_is_an_error_that_names_it) {
    const auto worker = WorkerProcess::start("/nonexistent/worker", "");
    ASSERT_FALSE(worker);
    EXPECT_NE(worker.error().message.find("/nonexistent/worker"), std::string::npos);
}

TEST(WorkerProcess, leaves_no_process_and_no_descriptor) {
    const auto before = open_descriptors();
    pid_t pid = 0;
    for (int i = 0; i < 20; ++i) {
        auto worker = WorkerProcess::start(i % 2 == 0 ? "/bin/sleep" : "/nonexistent/worker", "1000");
        if (worker) {
            pid = worker->pid();
            EXPECT_EQ(kill(pid, 0), 0);
            auto moved = std::move(*worker);
            EXPECT_EQ(open_descriptors(), before + 1);
        }
    }
    EXPECT_EQ(open_descriptors(), before);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace inventory::libvirt
