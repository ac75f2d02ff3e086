#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inventory/support/time.hpp"

namespace inventory {

/// An RFC 3339 time as Go writes it, with up to nine decimals, cut to microseconds. nullopt for any other
/// text, and for years outside 1970 to 9999: Alertmanager's zero time is no time.
std::optional<Time> parse_rfc3339(std::string_view text);

/// As to_rfc3339(), with microseconds where there are any: for what is read back.
std::string to_rfc3339_exactly(Time time);

}  // namespace inventory
