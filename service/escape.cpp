#include "service/escape.hpp"

#include <array>
#include <cstddef>
#include <cstdio>

namespace service {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

struct Lead {
    std::size_t length;          ///< 0: no sequence begins with this byte
    unsigned char second_least;  ///< bounds of the second byte, which rule out overlong forms,
    unsigned char second_most;   ///< surrogates and values beyond U+10FFFF
};

Lead classify(unsigned char byte) {
    if (byte < 0x80) {
        return {1, 0, 0};
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return {2, 0x80, 0xBF};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        const auto least = static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80);
        const auto most = static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF);
        return {3, least, most};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        const auto least = static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80);
        const auto most = static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF);
        return {4, least, most};
    }
    return {0, 0, 0};
}

/// Length of the UTF-8 sequence at the front of `text`; 0 when it is none.
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const Lead lead = classify(at(0));
    if (lead.length <= 1 || text.size() < lead.length) {
        return lead.length == 1 ? 1 : 0;
    }
    if (at(1) < lead.second_least || at(1) > lead.second_most) {
        return 0;
    }
    for (std::size_t i = 2; i < lead.length; ++i) {
        if ((at(i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return lead.length;
}

std::string escaped_ascii(char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            break;
    }
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
        return {c};
    }
    std::array<char, 8> code{};
    (void)std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(c));
    return code.data();
}

}  // namespace

std::string json_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            out += replacement_character;
        } else if (length == 1) {
            out += escaped_ascii(text.front());
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace service
