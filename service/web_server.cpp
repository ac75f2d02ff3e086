#include "service/web_server.hpp"

#include <algorithm>
#include <exception>
#include <regex>
#include <utility>

#include <httplib.h>

#include "service/acceptor.hpp"
#include "service/log.hpp"
#include "service/request_gate.hpp"
#include "service/socket.hpp"
#include "service/timed_socket.hpp"

namespace service {
namespace {

/// What the library's parser reads from and writes to. `socket()` stays unknown to it on purpose: it refuses
/// descriptors beyond 1023, of which a program that watches many hosts has plenty.
class HttpStream final : public httplib::Stream {
public:
    explicit HttpStream(TimedSocket& socket) : socket_(socket) {}

    [[nodiscard]] bool is_readable() const override { return true; }
    [[nodiscard]] bool is_writable() const override { return true; }
    ssize_t read(char* bytes, std::size_t size) override { return socket_.read(bytes, size); }
    ssize_t write(const char* bytes, std::size_t size) override { return socket_.write(bytes, size); }
    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}
    [[nodiscard]] socket_t socket() const override { return INVALID_SOCKET; }

private:
    TimedSocket& socket_;
};

/// The library's HTTP without its sockets: its own accept loop shares ports, has a backlog of 5, and lets
/// twenty silent peers hold every thread.
class Protocol final : public httplib::Server {
public:
    using httplib::Server::process_request;
};

/// For a head that the library, which has no limit of its own, never gets to see.
constexpr std::string_view head_too_large =
    "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

constexpr auto gzip_marker = "Warden-Accepts-Gzip";

/// Takes out of the request what the library would act upon in ways of its own: it obeys ranges without
/// bound, compresses again what is compressed, and mixes addresses into the client's headers.
void disarm(httplib::Request& request) {
    const bool gzip = request.get_header_value("Accept-Encoding").find("gzip") != std::string::npos;
    for (const auto* name :
         {"Accept-Encoding", "REMOTE_ADDR", "REMOTE_PORT", "LOCAL_ADDR", "LOCAL_PORT", gzip_marker}) {
        request.headers.erase(name);
    }
    request.ranges.clear();
    if (gzip) {
        request.headers.emplace(gzip_marker, "yes");
    }
}

/// One request on this stream, then no more. Newer releases of the library (Debian 13) want both addresses
/// named.
template <class Library>
void process(Library& library, HttpStream& stream) {
    bool closed = false;
    if constexpr (requires { library.process_request(stream, true, closed, disarm); }) {
        library.process_request(stream, true, closed, disarm);
    } else {
        library.process_request(stream, "", 0, "", 0, true, closed, disarm);
    }
}

struct Route {
    std::string method;
    std::regex pattern;
    WebHandler handler;
    RouteOptions options;
};

struct FoundRoute {
    const Route* route = nullptr;
    std::vector<std::string> captures;
    std::string allowed;  ///< methods that the path knows, when the request's is not among them
};

void refuse(httplib::Response& response, int status, std::string_view text) {
    response.status = status;
    response.set_content(std::string{text} + "\n", "text/plain; charset=utf-8");
}

/// Who a client is has been settled before a handler sees it: its secrets stay here.
std::map<std::string, std::string> headers_of(const httplib::Request& request) {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : request.headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        headers.emplace(std::move(lower), value);
    }
    headers.erase("authorization");
    return headers;
}

std::string name_of(std::exception_ptr exception) {
    try {
        std::rethrow_exception(std::move(exception));
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an exception of an unknown type";
    }
}

httplib::Headers security_headers() {
    return {{"X-Content-Type-Options", "nosniff"},
            {"X-Frame-Options", "DENY"},
            {"Referrer-Policy", "no-referrer"},
            {"Cache-Control", "no-store"},
            {"Content-Security-Policy",
             "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"}};
}

}  // namespace

class WebServer::State {
public:
    State();

    void add(std::string method, const std::string& pattern, WebHandler handler, RouteOptions options) {
        routes_.push_back({std::move(method), std::regex{pattern}, std::move(handler), std::move(options)});
    }
    inventory::Status start(const ListenAddress& address);
    void stop() { acceptor_.reset(); }
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    [[nodiscard]] FoundRoute find(const httplib::Request& request) const;
    bool admits(const httplib::Request& request, httplib::Response& response) const;
    void answer(const httplib::Request& request, httplib::Response& response) const;
    void serve(const Socket& peer, const Socket& stopping);

    Protocol protocol_;
    std::vector<Route> routes_;
    std::uint16_t port_ = 0;
    std::unique_ptr<Acceptor> acceptor_;
};

WebServer::State::State() {
    using Handling = httplib::Server::HandlerResponse;
    protocol_.set_default_headers(security_headers());
    // The gate stands before the body is read, and before a client is told to go on with it.
    protocol_.set_pre_routing_handler([this](const auto& request, auto& response) {
        return admits(request, response) ? Handling::Unhandled : Handling::Handled;
    });
    protocol_.set_expect_100_continue_handler([this](const auto& request, auto& response) {
        return admits(request, response) ? 100 : response.status;
    });
    const auto answering = [this](const auto& request, auto& response) { answer(request, response); };
    protocol_.Get(".*", answering);
    protocol_.Post(".*", answering);
    protocol_.set_exception_handler([](const auto& request, auto& response, std::exception_ptr exception) {
        log_error("a request failed", {{"path", request.path}, {"error", name_of(std::move(exception))}});
        refuse(response, 500, "internal error");
    });
    protocol_.set_error_handler(httplib::Server::Handler{[](const auto&, auto& response) {
        if (response.body.empty()) {
            refuse(response, response.status, "bad request");
        }
    }});
}

FoundRoute WebServer::State::find(const httplib::Request& request) const {
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    FoundRoute found;
    for (const auto& route : routes_) {
        std::smatch groups;
        if (!std::regex_match(request.path, groups, route.pattern)) {
            continue;
        }
        if (route.method == method) {
            return {&route, {std::next(groups.begin()), groups.end()}, ""};
        }
        found.allowed += (found.allowed.empty() ? "" : ", ") +
                         std::string{route.method == "GET" ? "GET, HEAD" : route.method};
    }
    return found;
}

bool WebServer::State::admits(const httplib::Request& request, httplib::Response& response) const {
    const auto found = find(request);
    if (found.route == nullptr && found.allowed.empty()) {
        refuse(response, 404, "not found");
        return false;
    }
    if (found.route == nullptr) {
        refuse(response, 405, "method not allowed");
        response.set_header("Allow", found.allowed);
        return false;
    }
    const auto& options = found.route->options;
    const auto rejection = turn_away(request, options);
    if (!rejection) {
        return true;
    }
    refuse(response, rejection->status, rejection->text);
    if (options.json_errors) {
        response.set_content(R"({"error":")" + std::string{rejection->text} + "\"}\n", "application/json");
    }
    if (rejection->status == 401) {
        response.set_header("WWW-Authenticate", "Bearer");
    }
    if (options.on_rejected) {
        options.on_rejected(rejection->reason);
    }
    return false;
}

void WebServer::State::answer(const httplib::Request& request, httplib::Response& response) const {
    auto found = find(request);
    WebRequest question{.path = request.path,
                        .query = {},
                        .headers = headers_of(request),
                        .captures = std::move(found.captures),
                        .body = request.body,
                        .accepts_gzip = request.has_header(gzip_marker)};
    for (const auto& [name, value] : request.params) {
        question.query.emplace(name, value);
    }
    const WebResponse reply = found.route->handler(question);
    response.status = reply.status;
    response.set_content(reply.body, reply.content_type);
    if (!reply.content_encoding.empty()) {
        response.set_header("Content-Encoding", reply.content_encoding);
    }
}

/// One request per connection: bytes that were not read can never be taken for a next one.
void WebServer::State::serve(const Socket& peer, const Socket& stopping) {
    TimedSocket socket{peer, stopping, {}};
    try {
        const auto head = socket.take_head();
        if (head == TimedSocket::Head::too_large) {
            socket.write(head_too_large.data(), head_too_large.size());
        } else if (head == TimedSocket::Head::whole) {
            HttpStream stream{socket};
            process(protocol_, stream);
        }
        socket.finish();
    } catch (const std::exception& error) {
        log_error("a connection failed", {{"error", error.what()}});
    }
}

inventory::Status WebServer::State::start(const ListenAddress& address) {
    auto listening = listen_on(address);
    if (!listening) {
        return tl::unexpected(listening.error());
    }
    port_ = port_of(*listening);
    acceptor_ = std::make_unique<Acceptor>(
        std::move(*listening), Acceptor::Limits{},
        [this](const Socket& peer, const Socket& stopping) { serve(peer, stopping); });
    return {};
}

WebServer::WebServer() : state_(std::make_unique<State>()) {}
WebServer::~WebServer() = default;

void WebServer::get(const std::string& pattern, WebHandler handler, RouteOptions options) {
    state_->add("GET", pattern, std::move(handler), std::move(options));
}

void WebServer::post(const std::string& pattern, WebHandler handler, RouteOptions options) {
    state_->add("POST", pattern, std::move(handler), std::move(options));
}

inventory::Status WebServer::start(const ListenAddress& address) {
    return state_->start(address);
}

std::uint16_t WebServer::port() const {
    return state_->port();
}

void WebServer::stop() {
    state_->stop();
}

}  // namespace service
