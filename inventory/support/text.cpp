#include "inventory/support/text.hpp"

#include <algorithm>

namespace inventory {
namespace {

constexpr std::string_view ellipsis = "...";

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t length_by_first_byte(unsigned char first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
        return 2;
    }
    if (first >= 0xE0 && first < 0xF0) {
        return 3;
    }
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/// What the lead byte alone cannot tell: overlong forms, surrogates, beyond U+10FFFF.
bool is_allowed_pair(unsigned char first, unsigned char second) {
    switch (first) {
        case 0xE0:
            return second >= 0xA0;
        case 0xED:
            return second < 0xA0;
        case 0xF0:
            return second >= 0x90;
        case 0xF4:
            return second < 0x90;
        default:
            return true;
    }
}

/// Bytes of the character that `rest` begins with; 0 when it is none.
std::size_t character_length(std::string_view rest) {
    const auto first = static_cast<unsigned char>(rest.front());
    const auto length = length_by_first_byte(first);
    if (length == 0 || length > rest.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(rest[i])) {
            return 0;
        }
    }
    return length < 2 || is_allowed_pair(first, static_cast<unsigned char>(rest[1])) ? length : 0;
}

bool is_control(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return code < 0x20 || code == 0x7F;
}

}  // namespace

std::string clean_text(std::string_view text, std::size_t most) {
    std::string clean;
    std::size_t fits = 0;  // how much of `clean` may stay when the ellipsis has to follow
    while (!text.empty()) {
        const auto length = character_length(text);
        std::string_view next = length == 0 ? std::string_view{"?"} : text.substr(0, length);
        if (length == 1 && is_control(text.front())) {
            next = " ";
        }
        if (clean.size() + next.size() > most) {
            clean.resize(fits);
            clean += ellipsis.substr(0, most - fits);
            return clean;
        }
        clean += next;
        if (clean.size() + ellipsis.size() <= most) {
            fits = clean.size();
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return clean;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const auto& word : words) {
        text.append(text.empty() ? "" : separator).append(word);
    }
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(separator, begin), text.size());
        words.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

}  // namespace inventory
