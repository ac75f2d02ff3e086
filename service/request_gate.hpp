#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "service/web_server.hpp"

namespace httplib {
struct Request;
}  // namespace httplib

namespace service {

/// Why a request is turned away before its body is read.
struct Rejection {
    int status = 400;
    std::string_view reason;  ///< the word for RouteOptions::on_rejected
    std::string_view text;    ///< the sentence for the client; it repeats nothing that the client sent
};

inline constexpr std::size_t most_headers = 64;

/// Judges a request by its head alone; nullopt when it may come in. The library's own limits do not hold for
/// chunked and compressed bodies nor for floods of headers, so such requests never reach it.
std::optional<Rejection> turn_away(const httplib::Request& request, const RouteOptions& options);

}  // namespace service
