#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace inventory {

/// A uuid in lower case, as CloudStack writes it: the same thing must not get two names. nullopt: it is none.
std::optional<std::string> parse_uuid(std::string_view text);

}  // namespace inventory
