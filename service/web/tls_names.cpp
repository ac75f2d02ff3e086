#include "service/web/tls_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <openssl/ssl.h>

namespace service::web {
namespace {

using Names = std::pair<std::string_view, std::string_view>;
constexpr std::array<Names, 4> curves{
    {{"CurveP256", "P-256"}, {"CurveP384", "P-384"}, {"CurveP521", "P-521"}, {"X25519", "X25519"}}};

}  // namespace

std::optional<std::string> openssl_cipher(const std::string& name) {
    if (name.find("_WITH_") == std::string::npos) {
        return std::nullopt;
    }
    std::string translated = OPENSSL_cipher_name(name.c_str());
    return translated == "(NONE)" ? std::nullopt : std::optional{std::move(translated)};
}

std::optional<std::string> openssl_curve(const std::string& name) {
    const auto* const found =
        std::find_if(curves.begin(), curves.end(), [&](const Names& names) { return names.first == name; });
    return found == curves.end() ? std::nullopt : std::optional{std::string{found->second}};
}

std::vector<std::string> curve_names() {
    std::vector<std::string> names;
    names.reserve(curves.size());
    for (const auto& [name, _] : curves) {
        names.emplace_back(name);
    }
    return names;
}

}  // namespace service::web
