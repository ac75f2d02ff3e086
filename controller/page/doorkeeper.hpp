#pragma once

#include <functional>
#include <optional>
#include <string>

#include "controller/page/form.hpp"
#include "controller/page/sessions.hpp"
#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"
#include "service/web_server.hpp"

namespace controller::page {

/// Says who asks, and whether a form that comes back is one of ours. With users of the web configuration, the
/// user whose password the server has found right is the operator. Without, an operator signs in with the
/// operator's token, which is in no URL and is kept nowhere, and gets a cookie.
class Doorkeeper {
public:
    using Instant = Sessions::Instant;
    using SteadyClock = std::function<Instant()>;

    Doorkeeper(std::function<inventory::Secret()> operator_token, SteadyClock clock);

    /// nullopt: he has to sign in first.
    [[nodiscard]] std::optional<Visitor> visitor(const service::WebRequest& request);
    /// The Set-Cookie of a new session. Error: the sentence to show; nothing tells which part was wrong.
    inventory::Result<std::string> sign_in(const service::WebRequest& request, const Form& form);
    /// The Set-Cookie that takes the cookie away.
    std::string sign_out(const service::WebRequest& request);

    [[nodiscard]] std::size_t sessions() const { return sessions_.count(); }

private:
    std::function<inventory::Secret()> operator_token_;
    SteadyClock clock_;
    Sessions sessions_;
};

/// Whether the browser says that one of our own pages sent the request, by Sec-Fetch-Site or else by Origin.
/// A request that says nothing of where it comes from is not let in: browsers do say it.
bool is_from_our_page(const service::WebRequest& request);

/// Whether the form carries the token of this visitor's forms.
bool is_form_of(const Form& form, const Visitor& visitor);

}  // namespace controller::page
