#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "service/web/route.hpp"
#include "service/web/web_policy.hpp"

namespace httplib {
struct Request;
}  // namespace httplib

namespace service::web {

/// Why a request is turned away before its body is read.
struct Rejection {
    int status = 400;
    std::string_view reason;  ///< the word for RouteOptions::on_rejected
    std::string_view text;    ///< the sentence for the client; it repeats nothing that the client sent
    std::string_view challenge = {};  ///< of a 401: the scheme that is wanted
};

inline constexpr std::size_t most_headers = 64;

/// Judges a request by its head alone; nullopt when it may come in. The library's own limits do not hold for
/// chunked and compressed bodies nor for floods of headers, so such requests never reach it. Who has to show
/// a password has to show it before he learns which paths there are.
std::optional<Rejection> turn_away(const httplib::Request& request, const FoundRoute& found,
                                   const WebPolicy& policy);

}  // namespace service::web
