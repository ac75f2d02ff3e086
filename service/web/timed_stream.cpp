#include "service/web/timed_stream.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace service::web {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds write_time_once_stopping{1000};

int left_until(steady_clock::time_point until) {
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(0, left));
}

}  // namespace

TimedStream::TimedStream(const Wire& wire, std::string taken, Limits limits)
    : wire_(wire),
      read_until_(steady_clock::now() + limits.read_time),
      write_until_(read_until_ + limits.write_time),
      taken_(std::move(taken)) {}

bool TimedStream::wait(short event, Instant until) {
    std::array<pollfd, 2> polled{{{wire_.peer.get(), event, 0}, {wire_.stopping.get(), POLLIN, 0}}};
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

ssize_t TimedStream::read(char* bytes, std::size_t size) {
    if (next_ < taken_.size()) {
        const std::size_t count = std::min(size, taken_.size() - next_);
        std::memcpy(bytes, taken_.data() + next_, count);
        next_ += count;
        return static_cast<ssize_t>(count);
    }
    while (true) {
        const auto moved = wire_.channel.receive(bytes, size);
        if (moved.bytes > 0 || moved.awaited == 0) {
            return static_cast<ssize_t>(moved.bytes);
        }
        if (!wait(moved.awaited, read_until_)) {
            return -1;
        }
    }
}

ssize_t TimedStream::write(const char* bytes, std::size_t size) {
    while (true) {
        const auto moved = wire_.channel.send(bytes, size);
        if (moved.bytes > 0) {
            return static_cast<ssize_t>(moved.bytes);
        }
        if (moved.awaited == 0 || !wait(moved.awaited, write_until_)) {
            return -1;
        }
    }
}

void TimedStream::finish() {
    constexpr std::size_t most = 4UL * 1024 * 1024;
    wire_.channel.end();
    std::array<char, 16UL * 1024> bytes{};
    const Instant until = steady_clock::now() + milliseconds{500};
    for (std::size_t taken = 0; taken < most && steady_clock::now() < until;) {
        const ssize_t count = recv(wire_.peer.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count == 0 || (count < 0 && !wait(POLLIN, until))) {
            return;
        }
        taken += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
}

}  // namespace service::web
