#include "exporter/exposition/escape.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace exporter {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

bool is_plain(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

struct LeadByte {
    unsigned char least;
    unsigned char most;
    unsigned char second_least;  ///< of the byte that follows: excludes overlong forms and surrogates
    unsigned char second_most;
    std::size_t length;
};

constexpr std::array lead_bytes{
    LeadByte{0x00, 0x7F, 0x80, 0xBF, 1}, LeadByte{0xC2, 0xDF, 0x80, 0xBF, 2},
    LeadByte{0xE0, 0xE0, 0xA0, 0xBF, 3}, LeadByte{0xE1, 0xEC, 0x80, 0xBF, 3},
    LeadByte{0xED, 0xED, 0x80, 0x9F, 3}, LeadByte{0xEE, 0xEF, 0x80, 0xBF, 3},
    LeadByte{0xF0, 0xF0, 0x90, 0xBF, 4}, LeadByte{0xF1, 0xF3, 0x80, 0xBF, 4},
    LeadByte{0xF4, 0xF4, 0x80, 0x8F, 4},
};

unsigned char byte_at(std::string_view text, std::size_t position) {
    return static_cast<unsigned char>(text[position]);
}

bool continues(std::string_view text, const LeadByte& lead) {
    if (text.size() < lead.length) {
        return false;
    }
    for (std::size_t i = 1; i < lead.length; ++i) {
        const auto least = i == 1 ? lead.second_least : 0x80;
        const auto most = i == 1 ? lead.second_most : 0xBF;
        if (byte_at(text, i) < least || byte_at(text, i) > most) {
            return false;
        }
    }
    return true;
}

/// Length of the UTF-8 character at the beginning of a text that is not empty; 0 when there is none.
std::size_t character_length(std::string_view text) {
    for (const auto& lead : lead_bytes) {
        if (byte_at(text, 0) >= lead.least && byte_at(text, 0) <= lead.most) {
            return continues(text, lead) ? lead.length : 0;
        }
    }
    return 0;
}

void append_character(std::string& out, std::string_view character) {
    if (character == "\n") {
        out += "\\n";
    } else if (character == "\"" || character == "\\") {
        out += '\\';
        out += character;
    } else {
        out += character;
    }
}

}  // namespace

void append_label_value(std::string& out, std::string_view value) {
    if (std::all_of(value.begin(), value.end(), is_plain)) {
        out += value;
        return;
    }
    while (!value.empty()) {
        const auto length = character_length(value);
        if (length == 0) {
            out += replacement_character;
        } else {
            append_character(out, value.substr(0, length));
        }
        value.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

void append_help(std::string& out, std::string_view help) {
    for (const char c : help) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\\') {
            out += "\\\\";
        } else {
            out += c;
        }
    }
}

}  // namespace exporter
