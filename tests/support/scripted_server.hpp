#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace test_support {

/// One accepted connection of a ScriptedServer.
class Peer {
public:
    Peer(int socket, const std::atomic<bool>& stopping) : socket_(socket), stopping_(stopping) {}

    /// Reads one request: its headers and, by Content-Length, its body.
    std::string read_request();
    void send(const std::string& bytes) const;
    /// Stays silent until the client is gone or the server stops.
    void stay_silent() const;
    /// One byte now and then, until the client is gone or the server stops.
    void drip(const std::string& bytes) const;

private:
    [[nodiscard]] bool is_gone(int wait_milliseconds) const;

    int socket_;
    const std::atomic<bool>& stopping_;
};

/// A TCP server on loopback that plays every kind of bad web server: each connection runs the script, then
/// is closed.
class ScriptedServer {
public:
    using Script = std::function<void(Peer&)>;

    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(port_) + "/client/api";
    }

private:
    void serve();

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

/// "HTTP/1.1 <status> ..." with a Content-Length that is right.
std::string http_answer(int status, const std::string& body);

/// A port of loopback that nobody listens on.
std::uint16_t closed_port();

}  // namespace test_support
