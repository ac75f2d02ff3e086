#pragma once

#include <optional>
#include <string_view>

#include "inventory/support/time.hpp"

namespace controller::intake {

/// An RFC 3339 time as Go writes it, with up to nine decimals, cut to microseconds. nullopt for any other
/// text, and for years outside 1970 to 9999: Alertmanager's zero time is no time.
std::optional<inventory::Time> parse_timestamp(std::string_view text);

}  // namespace controller::intake
