#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "inventory/support/error.hpp"

namespace controller {

/// JSON of somebody else's. Deeper nesting than `depth` is refused before it is built: copying or destroying
/// such a value would overflow the stack. Never throws. For .cpp files only: the library is heavy.
inventory::Result<nlohmann::json> parse_bounded_json(std::string_view text, int depth);

}  // namespace controller
