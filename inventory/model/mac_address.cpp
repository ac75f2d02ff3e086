#include "inventory/model/mac_address.hpp"

#include <charconv>
#include <cstddef>
#include <system_error>

namespace inventory {
namespace {

constexpr std::size_t bytes = 6;
constexpr std::size_t step = 3;  ///< two digits and a colon

std::optional<std::uint64_t> byte_at(std::string_view text, std::size_t at) {
    const auto digits = text.substr(at, 2);
    unsigned byte = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size()) {
        return std::nullopt;
    }
    return byte;
}

}  // namespace

bool MacAddress::is_generated_for(NetworkId network) const {
    constexpr std::uint64_t generated_prefix = 0x02;
    if (value >> 40 != generated_prefix) {
        return false;
    }
    const auto identifier = (value >> 32) & 0xff;
    return identifier == 0 || ((value >> 16) & 0xffff) == (network.value & 0xffff);
}

std::optional<MacAddress> parse_mac_address(std::string_view text) {
    if (text.size() != bytes * step - 1) {
        return std::nullopt;
    }
    MacAddress address;
    for (std::size_t i = 0; i < bytes; ++i) {
        const auto at = i * step;
        const auto byte = byte_at(text, at);
        if (!byte || (i + 1 < bytes && text[at + 2] != ':')) {
            return std::nullopt;
        }
        address.value = address.value << 8 | *byte;
    }
    return address;
}

}  // namespace inventory
