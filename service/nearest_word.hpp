#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace service {

/// "; did you mean 'interval'?", or nothing when no known word is near enough to be what was meant.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

}  // namespace service
