#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace inventory {

/// Text of somebody else's, made fit for a log line, a page and a database column: valid UTF-8 on one line of
/// at most `most` bytes. Broken bytes become '?', control characters a space; what was cut ends in "...".
std::string clean_text(std::string_view text, std::size_t most);

}  // namespace inventory
