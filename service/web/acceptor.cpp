#include "service/web/acceptor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

#include <sys/eventfd.h>
#include <sys/socket.h>

#include "service/log.hpp"

namespace service::web {
namespace {

constexpr std::size_t wake_slot = 0;
constexpr std::size_t unfinished_slot = 1;
constexpr std::size_t listening_slot = 2;
constexpr std::size_t first_peer_slot = 3;

}  // namespace

Acceptor::Acceptor(Socket listening, const Limits& limits, Welcome welcome)
    : limits_(limits),
      welcome_(std::move(welcome)),
      listening_(std::move(listening)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      unfinished_wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
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
    unfinished_.clear();
    listening_.close();
}

void Acceptor::accept_peers() {
    while (wait_for_events()) {
        settle_waiting_peers();
        if (polled_[unfinished_slot].revents != 0) {
            take_back_unfinished();
        }
        if (polled_[listening_slot].revents != 0) {
            admit_new_peers();
        }
    }
}

/// False when it is time to stop.
bool Acceptor::wait_for_events() {
    polled_.assign(
        {{wake_.get(), POLLIN, 0}, {unfinished_wake_.get(), POLLIN, 0}, {listening_.get(), POLLIN, 0}});
    for (const auto& visit : waiting_) {
        polled_.push_back({visit.peer->descriptor(), visit.awaited, 0});
    }
    const int count = poll(polled_.data(), polled_.size(), time_left());
    if (count < 0 && errno != EINTR) {
        log_error("cannot wait for connections", {{"error", std::generic_category().message(errno)}});
    }
    return polled_[wake_slot].revents == 0;
}

/// Until the first of the waiting peers has to go, for poll().
int Acceptor::time_left() const {
    const auto first = std::min_element(waiting_.begin(), waiting_.end(),
                                        [](const auto& a, const auto& b) { return a.until < b.until; });
    if (first == waiting_.end()) {
        return -1;
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(first->until - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

void Acceptor::settle_waiting_peers() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<Visit> still_waiting;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        auto& visit = waiting_[i];
        if (now >= visit.until) {
            continue;
        }
        if (polled_[first_peer_slot + i].revents != 0) {
            hand_over(std::move(visit));
        } else {
            still_waiting.push_back(std::move(visit));
        }
    }
    waiting_ = std::move(still_waiting);
}

void Acceptor::take_back_unfinished() {
    std::vector<Visit> unfinished;
    {
        const std::lock_guard lock{mutex_};
        eventfd_t count = 0;
        eventfd_read(unfinished_wake_.get(), &count);
        unfinished.swap(unfinished_);
    }
    for (auto& visit : unfinished) {
        admit(std::move(visit));
    }
}

void Acceptor::admit_new_peers() {
    while (true) {
        Socket socket{accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
        if (!socket.is_open()) {
            wait_out_shortage(errno);
            return;
        }
        admit({welcome_(std::move(socket)), POLLIN, std::chrono::steady_clock::now() + limits_.head_time});
    }
}

/// The last to come finds a place; the one that has kept its own for the longest pays.
void Acceptor::admit(Visit visit) {
    if (waiting_.size() >= limits_.waiting) {
        waiting_.erase(std::min_element(waiting_.begin(), waiting_.end(),
                                        [](const auto& a, const auto& b) { return a.until < b.until; }));
    }
    waiting_.push_back(std::move(visit));
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

void Acceptor::hand_over(Visit visit) {
    {
        const std::lock_guard lock{mutex_};
        if (stopped_ || queue_.size() >= limits_.queued) {
            return;
        }
        queue_.push_back(std::move(visit));
    }
    queued_or_stopped_.notify_one();
}

std::optional<Acceptor::Visit> Acceptor::wait_for_visit() {
    std::unique_lock lock{mutex_};
    queued_or_stopped_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
    if (stopped_) {
        return std::nullopt;
    }
    Visit visit = std::move(queue_.front());
    queue_.pop_front();
    return visit;
}

void Acceptor::work() {
    while (auto visit = wait_for_visit()) {
        visit->awaited = visit->peer->proceed(wake_);
        if (visit->awaited != 0) {
            hand_back(std::move(*visit));
        }
    }
}

void Acceptor::hand_back(Visit visit) {
    const std::lock_guard lock{mutex_};
    unfinished_.push_back(std::move(visit));
    eventfd_write(unfinished_wake_.get(), 1);
}

}  // namespace service::web
