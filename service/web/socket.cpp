#include "service/web/socket.hpp"

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace service::web {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

inventory::Result<AddressList> resolve(const ListenAddress& address) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int code = getaddrinfo(address.host.empty() ? nullptr : address.host.c_str(),
                                 std::to_string(address.port).c_str(), &hints, &found);
    if (code != 0) {
        return inventory::failure(gai_strerror(code));
    }
    return AddressList{found, &freeaddrinfo};
}

/// SO_REUSEADDR lets a restart take its port back at once; SO_REUSEPORT is left alone, since with it two
/// programs would share the port and each get half of the requests.
bool bind_and_listen(const Socket& socket, const addrinfo& address) {
    const int on = 1;
    constexpr int backlog = 128;
    return setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
           bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 && listen(socket.get(), backlog) == 0;
}

std::string advice_for(int error) {
    switch (error) {
        case EADDRINUSE:
            return " (another program listens there; stop it or choose another port)";
        case EACCES:
            return " (ports below 1024 need privileges; choose a higher one)";
        case EADDRNOTAVAIL:
            return " (this machine has no such address)";
        default:
            return "";
    }
}

}  // namespace

void Socket::close() {
    if (is_open()) {
        ::close(std::exchange(descriptor_, -1));
    }
}

inventory::Result<Socket> listen_on(const ListenAddress& address) {
    const std::string where = "cannot listen on " + to_text(address) + ": ";
    const auto candidates = resolve(address);
    if (!candidates) {
        return inventory::failure(where + candidates.error().message);
    }
    int error = EADDRNOTAVAIL;
    for (const auto* candidate = candidates->get(); candidate != nullptr; candidate = candidate->ai_next) {
        Socket socket{::socket(candidate->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
        if (socket.is_open() && bind_and_listen(socket, *candidate)) {
            return socket;
        }
        error = errno;
    }
    return inventory::failure(where + std::generic_category().message(error) + advice_for(error));
}

std::uint16_t port_of(const Socket& socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    // The socket API tells the family of an address by this very cast.
    if (getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return 0;
    }
    return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port)
                                         : ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

}  // namespace service::web
