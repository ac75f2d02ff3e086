#include "service/acceptor.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/eventfd.h>
#include <sys/socket.h>

#include "service/log.hpp"

namespace service {
namespace {

constexpr std::size_t wake_slot = 0;
constexpr std::size_t listening_slot = 1;
constexpr std::size_t first_peer_slot = 2;

void wake_after(const Socket& socket, int bytes) {
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVLOWAT, &bytes, sizeof bytes);
}

/// Looks, without taking anything, whether the head has arrived or nothing more will come. When neither,
/// poll() shall speak again only once there is more than now (SO_RCVLOWAT), or it would spin on the half that
/// is there.
bool is_ready(const Socket& socket, short events, std::size_t limit) {
    std::string bytes(limit, '\0');
    const ssize_t count = recv(socket.get(), bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
    const auto size = count > 0 ? static_cast<std::size_t>(count) : 0;
    const std::string_view seen{bytes.data(), size};
    const bool ended = (events & ~POLLIN) != 0;
    const bool ready = ended || size == limit || seen.find("\r\n\r\n") != std::string_view::npos;
    wake_after(socket, ready ? 1 : static_cast<int>(size) + 1);
    return ready;
}

}  // namespace

Acceptor::Acceptor(Socket listening, const Limits& limits, Serve serve)
    : limits_(limits),
      serve_(std::move(serve)),
      listening_(std::move(listening)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    threads_.emplace_back([this] { accept_peers(); });
    for (std::size_t i = 0; i < limits_.workers; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

void Acceptor::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopped_ = true;
        queue_.clear();
    }
    queued_or_stopped_.notify_all();
    eventfd_write(wake_.get(), 1);
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
    waiting_.clear();
    listening_.close();
}

void Acceptor::accept_peers() {
    while (wait_for_events()) {
        settle_waiting_peers();
        if (polled_[listening_slot].revents != 0) {
            admit_new_peers();
        }
    }
}

/// False when it is time to stop.
bool Acceptor::wait_for_events() {
    polled_.assign({{wake_.get(), POLLIN, 0}, {listening_.get(), POLLIN, 0}});
    for (const auto& peer : waiting_) {
        polled_.push_back({peer.socket.get(), POLLIN | POLLRDHUP, 0});
    }
    int timeout = -1;
    if (!waiting_.empty()) {
        const auto left = waiting_.front().until - std::chrono::steady_clock::now();
        timeout = static_cast<int>(
            std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(left).count()));
    }
    const int count = poll(polled_.data(), polled_.size(), timeout);
    if (count < 0 && errno != EINTR) {
        log_error("cannot wait for connections", {{"error", std::generic_category().message(errno)}});
    }
    return polled_[wake_slot].revents == 0;
}

void Acceptor::settle_waiting_peers() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<Waiting> still_waiting;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        auto& peer = waiting_[i];
        const short events = polled_[first_peer_slot + i].revents;
        if (events != 0 && is_ready(peer.socket, events, limits_.head)) {
            hand_over(std::move(peer.socket));
        } else if (now < peer.until) {
            still_waiting.push_back(std::move(peer));
        }
    }
    waiting_ = std::move(still_waiting);
}

void Acceptor::admit_new_peers() {
    while (true) {
        Socket socket{accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
        if (!socket.is_open()) {
            wait_out_shortage(errno);
            return;
        }
        if (waiting_.size() >= limits_.waiting) {
            waiting_.erase(waiting_.begin());
        }
        waiting_.push_back({std::move(socket), std::chrono::steady_clock::now() + limits_.head_time});
    }
}

/// Without descriptors or memory the peer stays in the backlog, and poll() would report it without end.
void Acceptor::wait_out_shortage(int error) {
    if (error != EMFILE && error != ENFILE && error != ENOBUFS && error != ENOMEM) {
        return;
    }
    log_error("cannot accept a connection", {{"error", std::generic_category().message(error)}});
    constexpr int milliseconds = 100;
    poll(polled_.data(), 1, milliseconds);
}

void Acceptor::hand_over(Socket socket) {
    {
        const std::lock_guard lock{mutex_};
        if (stopped_ || queue_.size() >= limits_.queued) {
            return;
        }
        queue_.push_back(std::move(socket));
    }
    queued_or_stopped_.notify_one();
}

void Acceptor::work() {
    std::unique_lock lock{mutex_};
    while (true) {
        queued_or_stopped_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
        if (stopped_) {
            return;
        }
        const Socket socket = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        serve_(socket, wake_);
        lock.lock();
    }
}

}  // namespace service
