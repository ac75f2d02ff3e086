#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <sys/types.h>

#include "service/socket.hpp"

namespace service {

/// One connection whose whole request has to come, and whose whole answer has to go, within a time of its
/// own: a peer that drips one byte at a time is bounded too. Neither outlives the server for long.
class TimedSocket {
public:
    struct Limits {
        std::size_t head = 16UL * 1024;  ///< bytes
        std::chrono::milliseconds read_time{5000};
        std::chrono::milliseconds write_time{30'000};
    };

    TimedSocket(const Socket& peer, const Socket& stopping, Limits limits);

    enum class Head { whole, too_large, cut_off };
    /// Takes the request's head in, up to its empty line; read() then gives it out.
    Head take_head();

    /// 0 when the peer has closed; -1 when the time is over, or the server stops.
    ssize_t read(char* bytes, std::size_t size);
    ssize_t write(const char* bytes, std::size_t size);

    /// Ends the answer and takes what the peer still sends for a moment: closing over unread bytes would
    /// reset the connection and could destroy the answer on its way.
    void finish();

private:
    using Instant = std::chrono::steady_clock::time_point;

    bool wait(short event, Instant until);
    ssize_t receive(std::size_t most, Instant until);

    const Socket& peer_;
    const Socket& stopping_;
    Limits limits_;
    Instant read_until_;
    Instant write_until_;
    std::string buffer_;
    std::size_t next_ = 0;  ///< first byte of buffer_ that was not given out
};

}  // namespace service
