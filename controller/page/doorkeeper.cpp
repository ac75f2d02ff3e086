#include "controller/page/doorkeeper.hpp"

#include <utility>

#include "inventory/support/text.hpp"
#include "service/web/secret_compare.hpp"

namespace controller::page {
namespace {

using service::WebRequest;

constexpr std::size_t longest_name = 64;

std::string header(const WebRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string{} : found->second;
}

/// A cookie with this prefix is taken by a browser only over TLS, for this host alone.
std::string cookie_name(const WebRequest& request) {
    return request.is_encrypted ? "__Host-warden" : "warden-session";
}

std::string set_cookie(const WebRequest& request, const std::string& value, std::chrono::seconds age) {
    return cookie_name(request) + "=" + value + "; Path=/; Max-Age=" + std::to_string(age.count()) +
           "; HttpOnly; SameSite=Strict" + (request.is_encrypted ? "; Secure" : "");
}

}  // namespace

Doorkeeper::Doorkeeper(std::function<inventory::Secret()> operator_token, SteadyClock clock)
    : operator_token_(std::move(operator_token)), clock_(std::move(clock)) {}

std::optional<Visitor> Doorkeeper::visitor(const WebRequest& request) {
    if (!request.user.empty()) {
        return sessions_.of_user(request.user);
    }
    const auto secret = cookie(header(request, "cookie"), cookie_name(request));
    return secret ? sessions_.find(*secret, operator_token_(), clock_()) : std::nullopt;
}

inventory::Result<std::string> Doorkeeper::sign_in(const WebRequest& request, const Form& form) {
    const auto token = operator_token_();
    const bool is_right =
        !token.empty() && service::web::is_same_secret(field(form, "token"), token.reveal());
    const auto name = field(form, "name");
    if (!is_right) {
        return inventory::failure("That is not the operator's token.");
    }
    if (name.find_first_not_of(' ') == std::string::npos || name.size() > longest_name ||
        inventory::clean_text(name, longest_name) != name) {
        return inventory::failure("Say who you are, in at most 64 letters: the journal names you.");
    }
    return set_cookie(request, sessions_.open(name, token, clock_()), Sessions::lifetime);
}

std::string Doorkeeper::sign_out(const WebRequest& request) {
    if (const auto secret = cookie(header(request, "cookie"), cookie_name(request))) {
        sessions_.close(*secret);
    }
    return set_cookie(request, "", std::chrono::seconds{0});
}

bool is_from_our_page(const WebRequest& request) {
    if (const auto site = header(request, "sec-fetch-site"); !site.empty()) {
        return site == "same-origin";
    }
    const auto host = header(request, "host");
    const auto origin = header(request, "origin");
    return !host.empty() && (origin == "http://" + host || origin == "https://" + host);
}

bool is_form_of(const Form& form, const Visitor& visitor) {
    return service::web::is_same_secret(field(form, "form_token"), visitor.form_token);
}

}  // namespace controller::page
