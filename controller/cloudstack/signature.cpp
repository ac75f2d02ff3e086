#include "controller/cloudstack/signature.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace controller::cloudstack {
namespace {

bool stays_literal(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.' || byte == '*';
}

std::string lowercased(std::string text) {
    for (char& byte : text) {
        if (byte >= 'A' && byte <= 'Z') {
            byte = static_cast<char>(byte - 'A' + 'a');
        }
    }
    return text;
}

std::string joined(const Parameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (!text.empty()) {
            text += '&';
        }
        text += name + '=' + url_encode(value);
    }
    return text;
}

using Digest = std::vector<unsigned char>;

Digest hmac_sha1(const std::string& key, const std::string& text) {
    Digest digest(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    std::vector<unsigned char> bytes(text.begin(), text.end());
    if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(), digest.data(),
             &size) == nullptr) {
        throw std::runtime_error("OpenSSL offers no HMAC-SHA1, which CloudStack's signature needs");
    }
    digest.resize(size);
    return digest;
}

std::string to_base64(const Digest& digest) {
    std::vector<unsigned char> text(4 * ((digest.size() + 2) / 3) + 1);
    const int size = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return {text.begin(), text.begin() + size};
}

}  // namespace

std::string url_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char byte : text) {
        if (stays_literal(byte)) {
            encoded += byte;
        } else {
            const auto code = static_cast<unsigned char>(byte);
            encoded += '%';
            encoded += digits[code >> 4U];
            encoded += digits[code & 0xFU];
        }
    }
    return encoded;
}

std::string signed_text(const Parameters& parameters) {
    return lowercased(joined(parameters));
}

std::string sign(const Parameters& parameters, const inventory::Secret& secret_key) {
    return to_base64(hmac_sha1(secret_key.reveal(), signed_text(parameters)));
}

std::string to_expires(inventory::Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    std::array<char, 40> text{};
    (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ld+0000",
                        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                        static_cast<long>(clock.seconds().count()));
    return text.data();
}

std::string signed_form(Parameters parameters, const Keys& keys, inventory::Time expires_at) {
    parameters["apiKey"] = keys.api_key.reveal();
    parameters["response"] = "json";
    parameters["signatureVersion"] = "3";
    parameters["expires"] = to_expires(expires_at);
    const auto signature = sign(parameters, keys.secret_key);
    return joined(parameters) + "&signature=" + url_encode(signature);
}

}  // namespace controller::cloudstack
