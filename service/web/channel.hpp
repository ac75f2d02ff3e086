#pragma once

#include <cstddef>
#include <memory>

#include "service/web/socket.hpp"

namespace service::web {

/// Bytes from and to one peer, as they are or inside of TLS. No call waits.
class Channel {
public:
    /// What a call could move; or, when it was nothing, what poll() has to report (POLLIN or POLLOUT) before
    /// the same call is made again; or neither, when the peer has closed or the connection is broken.
    struct Moved {
        std::size_t bytes = 0;
        short awaited = 0;
    };

    Channel() = default;
    virtual ~Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    virtual Moved receive(char* bytes, std::size_t most) = 0;
    virtual Moved send(const char* bytes, std::size_t size) = 0;
    /// Tells the peer that nothing more will come.
    virtual void end() = 0;
};

/// The socket is not blocking, and outlives the channel.
std::unique_ptr<Channel> plain_channel(const Socket& socket);

}  // namespace service::web
