#include "tests/support/scripted_server.hpp"

#include <array>
#include <stdexcept>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace test_support {
namespace {

bool is_readable(int socket, int wait_milliseconds) {
    pollfd entry{.fd = socket, .events = POLLIN, .revents = 0};
    return ::poll(&entry, 1, wait_milliseconds) > 0;
}

struct Listener {
    int socket = -1;
    std::uint16_t port = 0;
};

Listener bind_loopback() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    if (socket < 0 || ::bind(socket, raw, size) != 0 || ::getsockname(socket, raw, &size) != 0) {
        throw std::runtime_error("cannot bind a port of loopback");
    }
    return {socket, ntohs(address.sin_port)};
}

std::size_t content_length(const std::string& request) {
    static const std::string name = "Content-Length: ";
    const auto found = request.find(name);
    return found == std::string::npos ? 0 : std::stoul(request.substr(found + name.size()));
}

}  // namespace

std::string Peer::read_request() {
    std::string request;
    std::array<char, 4096> part{};
    while (!stopping_) {
        const auto end = request.find("\r\n\r\n");
        if (end != std::string::npos && request.size() >= end + 4 + content_length(request)) {
            break;
        }
        if (!is_readable(socket_, 20)) {
            continue;
        }
        const auto size = ::recv(socket_, part.data(), part.size(), 0);
        if (size <= 0) {
            break;
        }
        request.append(part.data(), static_cast<std::size_t>(size));
    }
    return request;
}

void Peer::send(const std::string& bytes) const {
    (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

bool Peer::is_gone(int wait_milliseconds) const {
    char byte = 0;
    return stopping_ || (is_readable(socket_, wait_milliseconds) &&
                         ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0);
}

void Peer::stay_silent() const {
    while (!is_gone(20)) {
    }
}

void Peer::drip(const std::string& bytes) const {
    for (std::size_t i = 0; !is_gone(20); ++i) {
        send(std::string(1, bytes.at(i % bytes.size())));
    }
}

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
    const auto [socket, port] = bind_loopback();
    listener_ = socket;
    port_ = port;
    if (::listen(listener_, 16) != 0) {
        throw std::runtime_error("cannot listen on loopback");
    }
    thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
}

void ScriptedServer::serve() {
    while (!stopping_) {
        if (!is_readable(listener_, 20)) {
            continue;
        }
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0) {
            Peer peer(socket, stopping_);
            script_(peer);
            ::close(socket);
        }
    }
}

std::string http_answer(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Whatever\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

std::uint16_t closed_port() {
    const auto [socket, port] = bind_loopback();
    ::close(socket);
    return port;
}

}  // namespace test_support
