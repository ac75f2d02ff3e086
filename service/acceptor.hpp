#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <poll.h>

#include "service/socket.hpp"

namespace service {

/// Accepts connections and hands those that have sent a whole request head to a fixed number of workers.
/// A peer that is silent, or slow with its head, waits in one poll() with all others: it costs no worker, and
/// is dropped when its time is over or when its place is needed.
class Acceptor {
public:
    struct Limits {
        std::size_t workers = 16;
        std::size_t waiting = 512;       ///< peers that have not sent their head yet
        std::size_t queued = 512;        ///< peers that wait for a worker
        std::size_t head = 16UL * 1024;  ///< bytes; a head that is still longer goes to a worker as it is
        std::chrono::milliseconds head_time{5000};
    };
    /// Serves one connection, on a worker's thread. `stopping` becomes readable once stop() was called.
    using Serve = std::function<void(const Socket& peer, const Socket& stopping)>;

    Acceptor(Socket listening, const Limits& limits, Serve serve);
    ~Acceptor() { stop(); }
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    /// Stops accepting, drops who waits, lets running workers end, joins.
    void stop();

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Waiting {
        Socket socket;
        Instant until;
    };

    void accept_peers();
    bool wait_for_events();
    void admit_new_peers();
    void settle_waiting_peers();
    void wait_out_shortage(int error);
    void hand_over(Socket socket);
    void work();

    Limits limits_;
    Serve serve_;
    Socket listening_;
    Socket wake_;                   ///< an eventfd, readable once stop() was called
    std::vector<Waiting> waiting_;  ///< of the accepting thread alone, oldest first
    std::vector<pollfd> polled_;    ///< wake_, listening_, then waiting_ in order
    std::mutex mutex_;
    std::condition_variable queued_or_stopped_;
    std::deque<Socket> queue_;  ///< guarded by mutex_
    bool stopped_ = false;      ///< guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace service
