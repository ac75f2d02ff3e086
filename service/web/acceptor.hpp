#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <poll.h>

#include "service/web/socket.hpp"

namespace service::web {

/// One accepted connection. Never used by two threads at once.
class Peer {
public:
    Peer() = default;
    virtual ~Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] virtual int descriptor() const = 0;
    /// Takes what has come of the request's head, without waiting for more; serves the request once its head
    /// is whole. Gives what poll() has to report (POLLIN or POLLOUT) before the next call, or 0 when the
    /// connection is over. `stopping` becomes readable once the server stops.
    virtual short proceed(const Socket& stopping) = 0;
};

/// Accepts connections, and lets a fixed number of workers proceed with those that have something to say. A
/// peer that is silent, or slow with its handshake or its head, waits in one poll() with all others: it costs
/// no worker, and is dropped when its time is over or when its place is needed.
class Acceptor {
public:
    struct Limits {
        std::size_t workers = 16;
        std::size_t waiting = 512;  ///< peers that are not heard yet, or not to the end of their head
        std::size_t queued = 512;   ///< peers that wait for a worker
        std::chrono::milliseconds head_time{5000};  ///< from the connection to the end of the head
    };
    using Welcome = std::function<std::unique_ptr<Peer>(Socket)>;

    Acceptor(Socket listening, const Limits& limits, Welcome welcome);
    ~Acceptor() { stop(); }
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    /// Stops accepting, drops who waits, lets running workers end, joins.
    void stop();

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Visit {
        std::unique_ptr<Peer> peer;
        short awaited = POLLIN;
        Instant until;
    };

    void accept_peers();
    bool wait_for_events();
    [[nodiscard]] int time_left() const;
    void settle_waiting_peers();
    void take_back_unfinished();
    void admit_new_peers();
    void admit(Visit visit);
    void wait_out_shortage(int error);
    void hand_over(Visit visit);
    std::optional<Visit> wait_for_visit();
    void work();
    void hand_back(Visit visit);

    Limits limits_;
    Welcome welcome_;
    Socket listening_;
    Socket wake_;                 ///< an eventfd, readable once stop() was called
    Socket unfinished_wake_;      ///< an eventfd, readable while unfinished_ holds something
    std::vector<Visit> waiting_;  ///< of the accepting thread alone
    std::vector<pollfd> polled_;  ///< wake_, unfinished_wake_, listening_, then waiting_ in order
    std::mutex mutex_;
    std::condition_variable queued_or_stopped_;
    std::deque<Visit> queue_;        ///< guarded by mutex_
    std::vector<Visit> unfinished_;  ///< guarded by mutex_; what workers gave back
    bool stopped_ = false;           ///< guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace service::web
