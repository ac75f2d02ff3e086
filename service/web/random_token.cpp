#include "service/web/random_token.hpp"

#include <array>
#include <stdexcept>

#include <openssl/rand.h>

namespace service::web {

std::string random_token() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("the system gives no random bytes");
    }
    std::string token;
    token.reserve(2 * bytes.size());
    for (const unsigned byte : bytes) {
        token += digits[byte / digits.size()];
        token += digits[byte % digits.size()];
    }
    return token;
}

}  // namespace service::web
