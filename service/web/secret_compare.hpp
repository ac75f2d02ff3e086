#pragma once

#include <array>
#include <string_view>

namespace service::web {

/// SHA-256.
using Digest = std::array<unsigned char, 32>;
Digest digest_of(std::string_view text);

/// Compares digests, so that neither the length of a secret nor the place of the first wrong letter shows in
/// the time it takes.
bool is_same_secret(std::string_view left, std::string_view right);
bool is_same(const Digest& left, const Digest& right);

}  // namespace service::web
