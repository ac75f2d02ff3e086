#include "controller/http/socket_deadline.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace controller::http {

SocketDeadline::SocketDeadline(std::chrono::steady_clock::time_point deadline)
    : deadline_(deadline), thread_([this] { run(); }) {}

SocketDeadline::~SocketDeadline() {
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

void SocketDeadline::guard(int socket) {
    const std::lock_guard lock(mutex_);
    if (socket_ >= 0) {
        ::close(socket_);
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): fcntl is POSIX's own signature
    socket_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
}

bool SocketDeadline::is_over() const {
    // By the clock: the library may notice its own time limit before our thread has been woken.
    return std::chrono::steady_clock::now() >= deadline_;
}

void SocketDeadline::run() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_until(lock, deadline_, [this] { return done_; })) {
        cut_until_done(lock);
    }
}

void SocketDeadline::cut_until_done(std::unique_lock<std::mutex>& lock) {
    // Again and again: a slow name look-up may hand us the socket only now, and an address that fails is
    // followed by the host's next one.
    constexpr std::chrono::milliseconds pause{20};
    do {
        if (socket_ >= 0) {
            ::shutdown(socket_, SHUT_RDWR);
        }
    } while (!changed_.wait_for(lock, pause, [this] { return done_; }));
}

}  // namespace controller::http
