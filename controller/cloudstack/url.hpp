#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "inventory/support/error.hpp"

namespace controller::cloudstack {

/// Where CloudStack's API is, as in "https://cloud.example.org:8443/client/api".
struct Url {
    bool secure = false;
    std::string host;  ///< an IPv6 address without its brackets
    std::uint16_t port = 0;
    std::string path;

    bool operator==(const Url&) const = default;

    /// "host:port", with brackets round an IPv6 address.
    [[nodiscard]] std::string authority() const;
};

inventory::Result<Url> parse_url(std::string_view text);

}  // namespace controller::cloudstack
