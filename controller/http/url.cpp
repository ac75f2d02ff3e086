#include "controller/http/url.hpp"

#include <charconv>
#include <optional>

namespace controller::http {
namespace {

using inventory::Result;

tl::unexpected<inventory::Error> wrong(std::string_view text, const UrlForm& form, const std::string& why) {
    return inventory::failure("\"" + std::string(text) + "\" is no URL to ask: " + why +
                              ", expected a form like " + std::string(form.example));
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

/// Splits "host", "host:port" or "[v6]:port"; what follows the host is left in `rest`.
std::optional<std::string> take_host(std::string_view& rest) {
    const bool bracketed = take_prefix(rest, "[");
    const auto end = bracketed ? rest.find(']') : rest.find(':');
    if (bracketed && end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string host{rest.substr(0, end)};
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + (bracketed ? 1 : 0));
    return host;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && port != 0 ? std::optional{port} : std::nullopt;
}

}  // namespace

std::string Url::authority() const {
    const bool is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Url> parse_url(std::string_view text, const UrlForm& form) {
    Url url;
    auto rest = text;
    url.secure = take_prefix(rest, "https://");
    if (!url.secure && !take_prefix(rest, "http://")) {
        return wrong(text, form, "it begins with neither http:// nor https://");
    }
    const auto slash = rest.find('/');
    url.path = slash == std::string_view::npos ? form.default_path : rest.substr(slash);
    auto authority = rest.substr(0, slash);
    if (text.find_first_of("@?# \t\r\n") != std::string_view::npos) {
        return wrong(text, form, "it has a user, a query, a fragment or a space");
    }
    const auto host = take_host(authority);
    if (!host || host->empty()) {
        return wrong(text, form, "it names no host");
    }
    url.host = *host;
    url.port = url.secure ? 443 : 80;
    if (!authority.empty()) {
        const auto port = take_prefix(authority, ":") ? parse_port(authority) : std::nullopt;
        if (!port) {
            return wrong(text, form, "its port is no number from 1 to 65535");
        }
        url.port = *port;
    }
    return url;
}

}  // namespace controller::http
