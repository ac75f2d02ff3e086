#include "service/web/credentials.hpp"

#include <algorithm>
#include <cstddef>

#include <openssl/evp.h>

namespace service::web {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::string_view> after_scheme(std::string_view authorization, std::string_view scheme) {
    if (!is_equal_ignoring_case(authorization.substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    return authorization.substr(scheme.size());
}

/// The library's decoder forgives blanks, and fills up with zero bytes in place of the padding.
std::optional<std::string> base64_decoded(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t digits = std::min(text.find_last_not_of('=') + 1, text.size());
    const std::size_t padding = text.size() - digits;
    if (text.empty() || text.size() % 4 != 0 || padding > 2 ||
        text.substr(0, digits).find_first_not_of(alphabet) != std::string_view::npos) {
        return std::nullopt;
    }
    std::string bytes(text.size() / 4 * 3, '\0');
    const int count =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (count < 0) {
        return std::nullopt;
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace

bool is_equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string_view> bearer_token(std::string_view authorization) {
    return after_scheme(authorization, "Bearer ");
}

std::optional<UserAndPassword> basic_credentials(std::string_view authorization) {
    const auto encoded = after_scheme(authorization, "Basic ");
    const auto decoded = encoded ? base64_decoded(*encoded) : std::nullopt;
    if (!decoded) {
        return std::nullopt;
    }
    const auto colon = decoded->find(':');
    if (colon == std::string::npos || decoded->find('\0') != std::string::npos) {
        return std::nullopt;  // a zero byte would end the password for the hash, and only for it
    }
    return UserAndPassword{decoded->substr(0, colon), decoded->substr(colon + 1)};
}

}  // namespace service::web
