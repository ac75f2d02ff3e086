#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "controller/evidence/json_values.hpp"
#include "inventory/support/error.hpp"
#include "service/web_server.hpp"

// How the API answers. For .cpp files only.
namespace controller::api {

inline service::WebResponse reply(int status, const evidence::Json& json) {
    return {.status = status, .content_type = "application/json", .body = evidence::text_of(json) + "\n"};
}

/// {"error": "..."}
inline service::WebResponse refusal(int status, const std::string& sentence) {
    return reply(status, evidence::Json{{"error", sentence}});
}

inline service::WebResponse unavailable(const inventory::Error& error) {
    constexpr int service_unavailable = 503;
    return refusal(service_unavailable, error.message);
}

/// The whole text as a number.
inline std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

}  // namespace controller::api
