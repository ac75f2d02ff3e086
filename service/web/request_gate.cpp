#include "service/web/request_gate.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

#include <httplib.h>

#include "service/web/credentials.hpp"
#include "service/web/secret_compare.hpp"

namespace service::web {
namespace {

constexpr std::string_view bearer_challenge = "Bearer";
constexpr std::string_view basic_challenge = R"(Basic realm="CloudStack Warden")";

/// Empty when there is none, or more than one.
std::string authorization_of(const httplib::Request& request) {
    return request.get_header_value_count("Authorization") == 1 ? request.get_header_value("Authorization")
                                                                : "";
}

/// An empty token authorizes nobody, also where a configuration left it empty.
std::optional<Rejection> judge_token(const httplib::Request& request, const inventory::Secret& token) {
    const std::string authorization = authorization_of(request);
    const auto sent = bearer_token(authorization);
    if (!token.empty() && sent && is_same_secret(*sent, token.reveal())) {
        return std::nullopt;
    }
    return Rejection{401, "unauthorized", "send the right token as Authorization: Bearer", bearer_challenge};
}

std::optional<Rejection> judge_password(const httplib::Request& request, PasswordCheck& passwords) {
    const auto sent = basic_credentials(authorization_of(request));
    const auto verdict = sent ? passwords.check(sent->user, sent->password) : PasswordCheck::Verdict::wrong;
    switch (verdict) {
        case PasswordCheck::Verdict::right:
            return std::nullopt;
        case PasswordCheck::Verdict::too_busy:
            return Rejection{429, "busy", "too many passwords are being checked; try again"};
        case PasswordCheck::Verdict::wrong:
            break;
    }
    return Rejection{401, "unauthorized", "send a user of the web configuration and his password",
                     basic_challenge};
}

/// A route with a token of its own is opened by that; all others by a user's password, where there are users.
std::optional<Rejection> judge_sender(const httplib::Request& request, const FoundRoute& found,
                                      const WebPolicy& policy) {
    if (found.route != nullptr && found.route->options.bearer) {
        return judge_token(request, found.route->options.bearer->current());
    }
    return policy.passwords ? judge_password(request, *policy.passwords) : std::nullopt;
}

/// "application/json; charset=utf-8" is "application/json".
bool has_content_type(const httplib::Request& request, std::string_view wanted) {
    const std::string header = request.get_header_value("Content-Type");
    std::string_view type{header};
    type = type.substr(0, type.find(';'));
    type = type.substr(0, type.find_last_not_of(" \t") + 1);
    return is_equal_ignoring_case(type, wanted);
}

std::optional<Rejection> judge_length(const httplib::Request& request, std::size_t most) {
    if (!request.has_header("Content-Length")) {
        if (most == 0) {
            return std::nullopt;  // there is no body to be read
        }
        return Rejection{411, "no_length", "send a Content-Length"};
    }
    const std::string text = request.get_header_value("Content-Length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error == std::errc::result_out_of_range || (error == std::errc{} && length > most)) {
        return Rejection{413, "too_large", "the body is larger than is accepted here"};
    }
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (!is_number || request.get_header_value_count("Content-Length") != 1) {
        return Rejection{400, "bad_length", "the Content-Length is no number of bytes"};
    }
    return std::nullopt;
}

std::optional<Rejection> judge_body(const httplib::Request& request, const RouteOptions& options) {
    if (request.has_header("Transfer-Encoding")) {
        return Rejection{411, "chunked", "a Transfer-Encoding is not accepted; send a Content-Length"};
    }
    if (request.has_header("Content-Encoding")) {
        return Rejection{415, "compressed", "a compressed body is not accepted; send it as it is"};
    }
    if (auto rejection = judge_length(request, options.max_body)) {
        return rejection;
    }
    if (!options.content_type.empty() && !has_content_type(request, options.content_type)) {
        return Rejection{415, "content_type", "this Content-Type is not accepted here"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Rejection> turn_away(const httplib::Request& request, const FoundRoute& found,
                                   const WebPolicy& policy) {
    if (request.headers.size() > most_headers) {
        return Rejection{431, "headers", "too many headers"};
    }
    if (auto rejection = judge_sender(request, found, policy)) {
        return rejection;
    }
    if (found.route == nullptr) {
        return found.allowed.empty() ? Rejection{404, "not_found", "not found"}
                                     : Rejection{405, "method", "method not allowed"};
    }
    const auto& options = found.route->options;
    if (options.needs_auth && !options.bearer && !policy.authenticates()) {
        return Rejection{403, "no_authentication",
                         "this page is served only behind authentication: start with --web.config.file, and "
                         "name users or require client certificates there"};
    }
    return request.method == "POST" ? judge_body(request, options) : std::nullopt;
}

}  // namespace service::web
