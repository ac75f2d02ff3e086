#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "inventory/support/error.hpp"

namespace controller::http {

/// Where a web server is to be asked.
struct Url {
    bool secure = false;
    std::string host;  ///< an IPv6 address without its brackets
    std::uint16_t port = 0;
    std::string path;

    bool operator==(const Url&) const = default;

    /// "host:port", with brackets round an IPv6 address.
    [[nodiscard]] std::string authority() const;
};

/// What a URL is expected to look like.
struct UrlForm {
    std::string_view example;       ///< for the message about a wrong one
    std::string_view default_path;  ///< of one that names none
};

/// Errors: neither http nor https, no host, a bad port, or a user, query, fragment or space in it.
inventory::Result<Url> parse_url(std::string_view text, const UrlForm& form);

}  // namespace controller::http
