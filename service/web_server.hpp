#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"
#include "service/listen_address.hpp"

namespace service {

struct WebRequest {
    std::string path = {};
    std::multimap<std::string, std::string> query = {};  ///< values of one name in their order
    std::map<std::string, std::string> headers = {};     ///< names in lower case; no Authorization
    std::vector<std::string> captures = {};              ///< of the route's pattern
    std::string body = {};
    bool accepts_gzip = false;
    std::string user = {};  ///< whose password was right; empty: nobody was asked for one
    bool is_encrypted = false;
};

struct WebResponse {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body = {};
    std::string content_encoding = {};  ///< "gzip" when `body` is compressed already
    /// More headers, by their names. They come before those that every answer has; the web configuration's
    /// own come before them.
    std::map<std::string, std::string> headers = {};
};

using WebHandler = std::function<WebResponse(const WebRequest&)>;

/// The token that opens a route: one for good, or whatever is in force when a request comes.
class BearerToken {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): a secret is a token that never changes
    BearerToken(inventory::Secret fixed) : current_([fixed = std::move(fixed)] { return fixed; }) {}
    explicit BearerToken(std::function<inventory::Secret()> current) : current_(std::move(current)) {}

    [[nodiscard]] inventory::Secret current() const { return current_(); }

private:
    std::function<inventory::Secret()> current_;
};

/// What a route demands before its body is read.
struct RouteOptions {
    std::optional<BearerToken> bearer = {};  ///< the token that "Authorization: Bearer" must carry
    bool needs_auth = false;   ///< 403 when nobody is asked who he is: no token, user or client certificate
    std::size_t max_body = 0;  ///< bytes; POST only; 0: it needs no Content-Length either
    std::string content_type = {};  ///< POST only: 415 for any other
    bool json_errors = false;       ///< a refusal is {"error":"..."} instead of plain text
    /// Called with the reason (unauthorized, too_large, no_length, bad_length, chunked, compressed,
    /// content_type, headers, busy, no_authentication) when a request is turned away before its handler runs.
    std::function<void(std::string_view)> on_rejected = {};
};

/// A small HTTP/1.1 server, one request per connection. Handlers run on its threads, must not block for long,
/// and may be called concurrently; what they throw becomes a 500 that tells the client nothing. HEAD is
/// served by the GET route. Limits hold for what the library's own do not: chunked, compressed and
/// header-flooded requests are turned away before their body is read (reference peers D), and silent or slow
/// peers cost no thread. With a web configuration file it speaks TLS and asks for users (docs/web.md): a
/// route with a token of its own is opened by that token, every other by a user's password.
class WebServer {
public:
    WebServer();
    ~WebServer();
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    /// `pattern` is a path, or a regular expression whose groups become captures. Before start() only.
    void get(const std::string& pattern, WebHandler handler, RouteOptions options = {});
    void post(const std::string& pattern, WebHandler handler, RouteOptions options = {});

    /// Binds and serves. Port 0 takes a free port; an empty `web_config_file` means plain HTTP for everybody.
    /// Errors: "cannot listen on 127.0.0.1:9784: address in use (...)", and the mistakes in the file.
    inventory::Status start(const ListenAddress& address, const std::string& web_config_file = {});
    [[nodiscard]] std::uint16_t port() const;
    /// Whether users or client certificates are asked for. After start() only, as the next.
    [[nodiscard]] bool authenticates() const;
    /// False: the web configuration file has changed and is wrong now; the last good one is in force.
    [[nodiscard]] bool web_config_is_current() const;
    /// Stops accepting, lets running handlers end, joins. Called by the destructor.
    void stop();

private:
    class State;
    std::unique_ptr<State> state_;
};

/// Reads a web configuration file with all that it names, for --check-config. Empty: good.
inventory::Status check_web_config(const std::string& web_config_file);

}  // namespace service
