#include "inventory/libvirt/worker_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace inventory::libvirt {
namespace {

std::string words_of(int error) {
    return std::generic_category().message(error);
}

/// posix_spawn's list of what happens to descriptors in the child.
class SpawnActions {
public:
    SpawnActions() { posix_spawn_file_actions_init(&actions_); }
    ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;

    void connect(int socket, int standard) { posix_spawn_file_actions_adddup2(&actions_, socket, standard); }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

/// posix_spawn's list of what else is different in the child: it leads a process group of its own.
class SpawnAttributes {
public:
    SpawnAttributes() {
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
        posix_spawnattr_setpgroup(&attributes_, 0);
    }
    ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;

    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

/// Milliseconds for poll(), rounded up so that it does not spin through the last one.
int remaining(WorkerProcess::Deadline deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 24L * 3600 * 1000));
}

}  // namespace

Result<WorkerProcess> WorkerProcess::start(const std::string& program, const std::string& argument) {
    std::array<int, 2> sockets{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        return failure("cannot make a socket for " + program + ": " + words_of(errno), true);
    }
    SpawnActions actions;
    actions.connect(sockets[1], STDIN_FILENO);
    actions.connect(sockets[1], STDOUT_FILENO);
    std::string name = program;
    std::string copy = argument;
    std::array<char*, 3> arguments{name.data(), copy.data(), nullptr};
    pid_t pid = -1;
    const SpawnAttributes attributes;
    const int error =
        posix_spawn(&pid, program.c_str(), actions.get(), attributes.get(), arguments.data(), environ);
    close(sockets[1]);
    if (error != 0) {
        close(sockets[0]);
        return failure("cannot start " + program + ": " + words_of(error) + "; reinstall Warden", true);
    }
    return WorkerProcess{pid, sockets[0]};
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      socket_(std::exchange(other.socket_, -1)),
      received_(std::move(other.received_)) {}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
    if (this != &other) {
        end();
        pid_ = std::exchange(other.pid_, -1);
        socket_ = std::exchange(other.socket_, -1);
        received_ = std::move(other.received_);
    }
    return *this;
}

WorkerProcess::~WorkerProcess() {
    end();
}

void WorkerProcess::end() {
    if (socket_ >= 0) {
        close(socket_);
        socket_ = -1;
    }
    if (pid_ > 0) {
        kill(-pid_, SIGKILL);
        while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }
}

Status WorkerProcess::send(std::string_view request) const {
    // A worker that reads nothing has a full socket buffer only after thousands of requests.
    const auto sent = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != static_cast<ssize_t>(request.size())) {
        return failure("the libvirt worker takes no request: " + words_of(errno), true);
    }
    return {};
}

Status WorkerProcess::receive(Deadline deadline) {
    pollfd wanted{socket_, POLLIN, 0};
    const int ready = poll(&wanted, 1, remaining(deadline));
    if (ready == 0) {
        return failure("no answer in time", true);
    }
    std::array<char, 65536> part{};
    const auto size = ready < 0 ? -1 : recv(socket_, part.data(), part.size(), MSG_DONTWAIT);
    if (size > 0) {
        received_.append(part.data(), static_cast<std::size_t>(size));
        return {};
    }
    if (size == 0 || errno == ECONNRESET) {
        return failure("the libvirt worker died", true);
    }
    if (errno == EINTR || errno == EAGAIN) {
        return {};
    }
    return failure("cannot read the libvirt worker's answer: " + words_of(errno), true);
}

Result<std::string> WorkerProcess::ask(std::string_view request, std::size_t longest, Deadline deadline) {
    if (auto sent = send(request); !sent) {
        return tl::unexpected(std::move(sent.error()));
    }
    return next_line(longest, deadline);
}

Result<std::string> WorkerProcess::next_line(std::size_t longest, Deadline deadline) {
    std::size_t searched = 0;
    auto end = received_.find('\n');
    while (end == std::string::npos) {
        if (received_.size() > longest) {
            return failure("the libvirt worker's answer is too long", true);
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return failure("no answer in time", true);
        }
        searched = received_.size();
        if (auto done = receive(deadline); !done) {
            return tl::unexpected(std::move(done.error()));
        }
        end = received_.find('\n', searched);
    }
    std::string line = received_.substr(0, end);
    received_.erase(0, end + 1);
    return line;
}

}  // namespace inventory::libvirt
