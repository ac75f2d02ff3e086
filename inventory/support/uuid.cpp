#include "inventory/support/uuid.hpp"

#include <algorithm>
#include <utility>

namespace inventory {
namespace {

char to_lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

bool is_hexadecimal(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
}

}  // namespace

std::optional<std::string> parse_uuid(std::string_view text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    std::string uuid{text};
    std::ranges::transform(uuid, uuid.begin(), to_lower);
    const bool is_one = std::ranges::equal(uuid, form, [](char byte, char demanded) {
        return demanded == '-' ? byte == '-' : is_hexadecimal(byte);
    });
    return is_one ? std::optional{std::move(uuid)} : std::nullopt;
}

}  // namespace inventory
