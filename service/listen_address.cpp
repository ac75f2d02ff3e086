#include "service/listen_address.hpp"

#include <charconv>
#include <system_error>

namespace service {

inventory::Result<ListenAddress> parse_listen_address(std::string_view text) {
    const auto wrong = [&] {
        return inventory::failure("'" + std::string{text} +
                                  "' is no address to listen on; write host:port, :port or [v6]:port");
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return wrong();
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    ListenAddress address;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (error != std::errc{} || end != digits.data() + digits.size()) {
        return wrong();
    }
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find_first_of(":[]") != std::string_view::npos) {
        return wrong();
    }
    address.host = host;
    return address;
}

std::string to_text(const ListenAddress& address) {
    const bool v6 = address.host.find(':') != std::string::npos;
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace service
