#include "service/escape.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace service {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// What the first bytes from `least` to `most` ask for. The bounds of the second byte rule out overlong
/// forms, surrogates and values beyond U+10FFFF.
struct Lead {
    unsigned char least;
    unsigned char most;
    unsigned char second_least;
    unsigned char second_most;
    std::size_t length;
};

constexpr std::array leads{
    Lead{0x00, 0x7F, 0, 0, 1},       Lead{0xC2, 0xDF, 0x80, 0xBF, 2}, Lead{0xE0, 0xE0, 0xA0, 0xBF, 3},
    Lead{0xE1, 0xEC, 0x80, 0xBF, 3}, Lead{0xED, 0xED, 0x80, 0x9F, 3}, Lead{0xEE, 0xEF, 0x80, 0xBF, 3},
    Lead{0xF0, 0xF0, 0x90, 0xBF, 4}, Lead{0xF1, 0xF3, 0x80, 0xBF, 4}, Lead{0xF4, 0xF4, 0x80, 0x8F, 4},
};

/// Length 0: no sequence begins with this byte.
Lead classify(unsigned char byte) {
    const auto* const found = std::ranges::find_if(
        leads, [byte](const Lead& lead) { return byte >= lead.least && byte <= lead.most; });
    return found == leads.end() ? Lead{} : *found;
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

std::string_view entity_of(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
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

std::string html_escaped(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        const auto entity = entity_of(c);
        if (entity.empty()) {
            escaped += c;
        } else {
            escaped += entity;
        }
    }
    return escaped;
}

}  // namespace service
