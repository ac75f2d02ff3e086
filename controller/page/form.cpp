#include "controller/page/form.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <vector>

namespace controller::page {
namespace {

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::optional<char> decoded_byte(std::string_view digits) {
    constexpr int hexadecimal = 16;
    unsigned char byte = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), byte, hexadecimal);
    const bool is_whole = digits.size() == 2 && error == std::errc{} && end == digits.data() + 2;
    return is_whole ? std::optional{static_cast<char>(byte)} : std::nullopt;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto byte = decoded_byte(text.substr(i + 1, 2));
        if (!byte) {
            return std::nullopt;
        }
        plain += *byte;
        i += 2;
    }
    return plain;
}

}  // namespace

std::optional<Form> parse_form(std::string_view body) {
    constexpr std::size_t most_fields = 16;
    Form form;
    for (const auto part : parts_of(body, '&')) {
        const auto equals = part.find('=');
        const auto name = decoded(part.substr(0, equals));
        const auto value = decoded(equals == std::string_view::npos ? "" : part.substr(equals + 1));
        if (!name || !value || form.size() >= most_fields || !form.emplace(*name, *value).second) {
            return std::nullopt;
        }
    }
    return form;
}

std::string field(const Form& form, const std::string& name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string{} : found->second;
}

std::optional<std::string> cookie(std::string_view header, std::string_view name) {
    std::optional<std::string> value;
    for (auto part : parts_of(header, ';')) {
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        const auto equals = part.find('=');
        if (equals == std::string_view::npos || part.substr(0, equals) != name) {
            continue;
        }
        if (value) {
            return std::nullopt;
        }
        value = part.substr(equals + 1);
    }
    return value;
}

}  // namespace controller::page
