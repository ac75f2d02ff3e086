#pragma once

#include <cstdint>
#include <utility>

#include "inventory/support/error.hpp"
#include "service/listen_address.hpp"

namespace service::web {

/// A file descriptor that closes itself.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket() { close(); }
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    void close();

private:
    int descriptor_ = -1;
};

/// A listening socket that nobody else can share: a second start on the same port fails. Error: "cannot
/// listen on 127.0.0.1:9784: Address already in use (...)".
inventory::Result<Socket> listen_on(const ListenAddress& address);

/// The port that the socket is bound to.
std::uint16_t port_of(const Socket& socket);

}  // namespace service::web
