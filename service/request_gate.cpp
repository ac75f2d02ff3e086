#include "service/request_gate.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

#include <httplib.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace service {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return digest;
}

/// Compares digests, so that neither the length of the token nor the place of the first wrong letter shows in
/// the time it takes.
bool is_same_secret(std::string_view left, std::string_view right) {
    const Digest left_digest = digest_of(left);
    const Digest right_digest = digest_of(right);
    return CRYPTO_memcmp(left_digest.data(), right_digest.data(), left_digest.size()) == 0;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

/// An empty token authorizes nobody, also where a configuration left it empty.
bool is_authorized(const httplib::Request& request, const inventory::Secret& token) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string header = request.get_header_value("Authorization");
    const std::string_view value{header};
    return !token.empty() && request.get_header_value_count("Authorization") == 1 &&
           is_equal_ignoring_case(value.substr(0, scheme.size()), scheme) &&
           is_same_secret(value.substr(scheme.size()), token.reveal());
}

/// "application/json; charset=utf-8" is "application/json".
bool has_content_type(const httplib::Request& request, std::string_view wanted) {
    const std::string header = request.get_header_value("Content-Type");
    std::string_view type{header};
    type = type.substr(0, type.find(';'));
    type = type.substr(0, type.find_last_not_of(" \t") + 1);
    return is_equal_ignoring_case(type, wanted);
}

std::optional<Rejection> judge_length(const httplib::Request& request, std::size_t most) {
    if (!request.has_header("Content-Length")) {
        return Rejection{411, "no_length", "send a Content-Length"};
    }
    const std::string text = request.get_header_value("Content-Length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error == std::errc::result_out_of_range || (error == std::errc{} && length > most)) {
        return Rejection{413, "too_large", "the body is larger than is accepted here"};
    }
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (!is_number || request.get_header_value_count("Content-Length") != 1) {
        return Rejection{400, "bad_length", "the Content-Length is no number of bytes"};
    }
    return std::nullopt;
}

std::optional<Rejection> judge_body(const httplib::Request& request, const RouteOptions& options) {
    if (request.has_header("Transfer-Encoding")) {
        return Rejection{411, "chunked", "a Transfer-Encoding is not accepted; send a Content-Length"};
    }
    if (request.has_header("Content-Encoding")) {
        return Rejection{415, "compressed", "a compressed body is not accepted; send it as it is"};
    }
    if (auto rejection = judge_length(request, options.max_body)) {
        return rejection;
    }
    if (!options.content_type.empty() && !has_content_type(request, options.content_type)) {
        return Rejection{415, "content_type", "this Content-Type is not accepted here"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Rejection> turn_away(const httplib::Request& request, const RouteOptions& options) {
    if (request.headers.size() > most_headers) {
        return Rejection{431, "headers", "too many headers"};
    }
    if (options.bearer && !is_authorized(request, *options.bearer)) {
        return Rejection{401, "unauthorized", "send the right token as Authorization: Bearer"};
    }
    return request.method == "POST" ? judge_body(request, options) : std::nullopt;
}

}  // namespace service
