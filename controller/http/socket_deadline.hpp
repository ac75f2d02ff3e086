#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace controller::http {

/// Cuts the connection of one request when its time is over, from a thread of its own. Needed because the
/// HTTP library's limits hold for each read: a peer that sends a byte now and then would hold us for ever.
class SocketDeadline {
public:
    explicit SocketDeadline(std::chrono::steady_clock::time_point deadline);
    ~SocketDeadline();
    SocketDeadline(const SocketDeadline&) = delete;
    SocketDeadline& operator=(const SocketDeadline&) = delete;

    /// The socket that the request goes over from now on. Its number is duplicated: whoever owns it may close
    /// it at any time, and a number given out anew is never hit.
    void guard(int socket);
    /// Whether its time has come.
    [[nodiscard]] bool is_over() const;

private:
    void run();
    void cut_until_done(std::unique_lock<std::mutex>& lock);

    const std::chrono::steady_clock::time_point deadline_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int socket_ = -1;
    bool done_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace controller::http
