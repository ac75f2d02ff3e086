#include "service/timed_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace service {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t buffer_size = 16UL * 1024;
constexpr milliseconds write_time_once_stopping{1000};

int left_until(steady_clock::time_point until) {
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(0, left));
}

}  // namespace

TimedSocket::TimedSocket(const Socket& peer, const Socket& stopping, Limits limits)
    : peer_(peer),
      stopping_(stopping),
      limits_(limits),
      read_until_(steady_clock::now() + limits.read_time),
      write_until_(read_until_ + limits.write_time) {}

bool TimedSocket::wait(short event, Instant until) {
    std::array<pollfd, 2> polled{{{peer_.get(), event, 0}, {stopping_.get(), POLLIN, 0}}};
    if (poll(polled.data(), polled.size(), left_until(until)) <= 0) {
        return false;
    }
    if (polled[0].revents != 0 || event == POLLIN) {
        return polled[0].revents != 0;
    }
    // The server stops: an answer that is already on its way gets a last moment.
    const Instant last = std::min(until, steady_clock::now() + write_time_once_stopping);
    return poll(polled.data(), 1, left_until(last)) > 0;
}

/// Appends what has come to the buffer, waiting for it when there is nothing.
ssize_t TimedSocket::receive(std::size_t most, Instant until) {
    const std::size_t old_size = buffer_.size();
    buffer_.resize(old_size + most);
    ssize_t count = -1;
    do {
        count = recv(peer_.get(), buffer_.data() + old_size, most, MSG_DONTWAIT);
    } while (count < 0 && (errno == EAGAIN || errno == EINTR) && wait(POLLIN, until));
    buffer_.resize(old_size + (count > 0 ? static_cast<std::size_t>(count) : 0));
    return count;
}

TimedSocket::Head TimedSocket::take_head() {
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
        if (buffer_.size() >= limits_.head) {
            return Head::too_large;
        }
        if (receive(limits_.head - buffer_.size(), read_until_) <= 0) {
            return Head::cut_off;
        }
    }
    return Head::whole;
}

ssize_t TimedSocket::read(char* bytes, std::size_t size) {
    if (next_ == buffer_.size()) {
        buffer_.clear();
        next_ = 0;
        if (const ssize_t count = receive(buffer_size, read_until_); count <= 0) {
            return count;
        }
    }
    const std::size_t count = std::min(size, buffer_.size() - next_);
    std::memcpy(bytes, buffer_.data() + next_, count);
    next_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t TimedSocket::write(const char* bytes, std::size_t size) {
    ssize_t count = -1;
    do {
        count = send(peer_.get(), bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (count < 0 && (errno == EAGAIN || errno == EINTR) && wait(POLLOUT, write_until_));
    return count;
}

void TimedSocket::finish() {
    constexpr std::size_t most = 4UL * 1024 * 1024;
    shutdown(peer_.get(), SHUT_WR);
    const Instant until = steady_clock::now() + milliseconds{500};
    for (std::size_t taken = 0; taken < most && steady_clock::now() < until;) {
        buffer_.clear();
        const ssize_t count = receive(buffer_size, until);
        if (count <= 0) {
            return;
        }
        taken += static_cast<std::size_t>(count);
    }
}

}  // namespace service
