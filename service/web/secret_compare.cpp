#include "service/web/secret_compare.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace service::web {

Digest digest_of(std::string_view text) {
    static_assert(std::tuple_size_v<Digest> == SHA256_DIGEST_LENGTH);
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return digest;
}

bool is_same_secret(std::string_view left, std::string_view right) {
    return is_same(digest_of(left), digest_of(right));
}

bool is_same(const Digest& left, const Digest& right) {
    return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace service::web
