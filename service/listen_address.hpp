#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "inventory/support/error.hpp"

namespace service {

/// "host:port", ":port" or "[v6]:port".
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;

    bool operator==(const ListenAddress&) const = default;
};
inventory::Result<ListenAddress> parse_listen_address(std::string_view text);

/// "127.0.0.1:9784", "[::1]:9784".
std::string to_text(const ListenAddress& address);

}  // namespace service
