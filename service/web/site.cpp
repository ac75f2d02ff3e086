#include "service/web/site.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <httplib.h>

#include "service/log.hpp"
#include "service/web/credentials.hpp"
#include "service/web/request_gate.hpp"

namespace service::web {
namespace {

/// What the library's parser reads from and writes to. `socket()` stays unknown to it on purpose: it refuses
/// descriptors beyond 1023, of which a program that watches many hosts has plenty.
class HttpStream final : public httplib::Stream {
public:
    explicit HttpStream(TimedStream& stream) : stream_(stream) {}

    [[nodiscard]] bool is_readable() const override { return true; }
    [[nodiscard]] bool is_writable() const override { return true; }
    ssize_t read(char* bytes, std::size_t size) override { return stream_.read(bytes, size); }
    ssize_t write(const char* bytes, std::size_t size) override { return stream_.write(bytes, size); }
    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}
    [[nodiscard]] socket_t socket() const override { return INVALID_SOCKET; }

private:
    TimedStream& stream_;
};

void write_all(TimedStream& stream, std::string_view text) {
    while (!text.empty()) {
        const auto count = stream.write(text.data(), text.size());
        if (count <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

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

/// The gate has found the password right, where the route asks for one.
std::string user_of(const httplib::Request& request, const WebPolicy& policy) {
    const auto sent =
        policy.passwords ? basic_credentials(request.get_header_value("Authorization")) : std::nullopt;
    return sent ? sent->user : std::string{};
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

/// Headers that protect a browser; the configuration's own come before ours.
httplib::Headers headers_of(const WebPolicy& policy) {
    std::map<std::string, std::string> headers = policy.headers;
    headers.insert({{"X-Content-Type-Options", "nosniff"},
                    {"X-Frame-Options", "DENY"},
                    {"Referrer-Policy", "no-referrer"},
                    {"Cache-Control", "no-store"},
                    {"Content-Security-Policy",
                     "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"}});
    httplib::Headers sent;
    for (const auto& [name, value] : headers) {
        if (!value.empty()) {
            sent.emplace(name, value);
        }
    }
    return sent;
}

}  // namespace

/// The library's HTTP without its sockets: its own accept loop shares ports, has a backlog of 5, and lets
/// twenty silent peers hold every thread.
class Site::Protocol final : public httplib::Server {
public:
    Protocol(const std::vector<Route>& routes, const WebPolicy& policy);

    using httplib::Server::process_request;

private:
    bool admits(const httplib::Request& request, httplib::Response& response) const;
    void answer(const httplib::Request& request, httplib::Response& response) const;

    const std::vector<Route>& routes_;
    const WebPolicy& policy_;
};

Site::Protocol::Protocol(const std::vector<Route>& routes, const WebPolicy& policy)
    : routes_(routes), policy_(policy) {
    set_default_headers(headers_of(policy));
    // The gate stands before the body is read, and before a client is told to go on with it.
    set_pre_routing_handler([this](const auto& request, auto& response) {
        if (!admits(request, response)) {
            return HandlerResponse::Handled;
        }
        // The library would read on until the client hangs up.
        if (request.method == "POST" && !request.has_header("Content-Length")) {
            answer(request, response);
            return HandlerResponse::Handled;
        }
        return HandlerResponse::Unhandled;
    });
    set_expect_100_continue_handler([this](const auto& request, auto& response) {
        return admits(request, response) ? 100 : response.status;
    });
    const auto answering = [this](const auto& request, auto& response) { answer(request, response); };
    Get(".*", answering);
    Post(".*", answering);
    set_exception_handler([](const auto& request, auto& response, std::exception_ptr exception) {
        log_error("a request failed", {{"path", request.path}, {"error", name_of(std::move(exception))}});
        refuse(response, 500, "internal error");
    });
    set_error_handler(Handler{[](const auto&, auto& response) {
        if (response.body.empty()) {
            refuse(response, response.status, "bad request");
        }
    }});
}

bool Site::Protocol::admits(const httplib::Request& request, httplib::Response& response) const {
    const auto found = find_route(routes_, request.method, request.path);
    const auto rejection = turn_away(request, found, policy_);
    if (!rejection) {
        return true;
    }
    refuse(response, rejection->status, rejection->text);
    if (!rejection->challenge.empty()) {
        response.set_header("WWW-Authenticate", std::string{rejection->challenge});
    }
    if (rejection->status == 405) {
        response.set_header("Allow", found.allowed);
    }
    if (found.route == nullptr) {
        return false;
    }
    const auto& options = found.route->options;
    if (options.json_errors) {
        response.set_content(R"({"error":")" + std::string{rejection->text} + "\"}\n", "application/json");
    }
    if (options.on_rejected) {
        options.on_rejected(rejection->reason);
    }
    return false;
}

void Site::Protocol::answer(const httplib::Request& request, httplib::Response& response) const {
    auto found = find_route(routes_, request.method, request.path);
    WebRequest question{.path = request.path,
                        .query = {},
                        .headers = headers_of(request),
                        .captures = std::move(found.captures),
                        .body = request.body,
                        .accepts_gzip = request.has_header(gzip_marker),
                        .user = user_of(request, policy_),
                        .is_encrypted = policy_.tls != nullptr};
    for (const auto& [name, value] : request.params) {
        question.query.emplace(name, value);
    }
    WebResponse reply = found.route->handler(question);
    response.status = reply.status;
    response.body = std::move(reply.body);
    response.set_header("Content-Type", reply.content_type);
    if (!reply.content_encoding.empty()) {
        response.set_header("Content-Encoding", reply.content_encoding);
    }
    for (const auto& [name, value] : reply.headers) {
        if (!policy_.headers.contains(name)) {
            response.headers.erase(name);
            response.set_header(name, value);
        }
    }
}

Site::Site(const std::vector<Route>& routes, std::shared_ptr<const WebPolicy> policy)
    : policy_(std::move(policy)), protocol_(std::make_unique<Protocol>(routes, *policy_)) {}

Site::~Site() = default;

void Site::answer(TimedStream& stream) const {
    if (policy_->rate_limit && !policy_->rate_limit->take(std::chrono::steady_clock::now())) {
        write_all(stream, "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    HttpStream http{stream};
    process(*protocol_, http);
}

void Site::refuse_large_head(TimedStream& stream) {
    write_all(
        stream,
        "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace service::web
