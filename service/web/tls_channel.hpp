#pragma once

#include <memory>

#include "service/web/channel.hpp"
#include "service/web/tls_context.hpp"

namespace service::web {

/// The server's side of a TLS connection. The handshake is part of the first receive() calls. The socket is
/// not blocking, and outlives the channel.
std::unique_ptr<Channel> tls_channel(const Socket& socket, std::shared_ptr<const TlsContext> context);

}  // namespace service::web
