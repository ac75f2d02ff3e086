#pragma once

/// What a byte of a statement is, whatever the locale.
namespace inventory::mariadb {

constexpr bool is_space(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

constexpr bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

constexpr char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace inventory::mariadb
