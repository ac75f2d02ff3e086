#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <sys/types.h>

#include "service/web/channel.hpp"
#include "service/web/socket.hpp"

namespace service::web {

/// One request whose whole rest has to come, and whose whole answer has to go, within a time of its own: a
/// peer that drips one byte at a time is bounded too. Neither outlives the server for long.
class TimedStream {
public:
    struct Limits {
        std::chrono::milliseconds read_time{5000};
        std::chrono::milliseconds write_time{30'000};
    };
    /// The connection and its channel; `stopping` becomes readable once the server stops.
    struct Wire {
        const Socket& peer;
        Channel& channel;
        const Socket& stopping;
    };

    /// `taken` has come already, and is the first that read() gives out.
    TimedStream(const Wire& wire, std::string taken, Limits limits);

    /// 0 when the peer has closed; -1 when the time is over, or the server stops.
    ssize_t read(char* bytes, std::size_t size);
    ssize_t write(const char* bytes, std::size_t size);

    /// Ends the answer and takes what the peer still sends for a moment: closing over unread bytes would
    /// reset the connection and could destroy the answer on its way.
    void finish();

private:
    using Instant = std::chrono::steady_clock::time_point;

    bool wait(short event, Instant until);

    Wire wire_;
    Instant read_until_;
    Instant write_until_;
    std::string taken_;
    std::size_t next_ = 0;  ///< first byte of taken_ that was not given out
};

}  // namespace service::web
