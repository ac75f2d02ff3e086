#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace inventory {

/// Text of somebody else's, made fit for a log line, a page and a database column: valid UTF-8 on one line of
/// at most `most` bytes. Broken bytes become '?', control characters a space; what was cut ends in "...".
std::string clean_text(std::string_view text, std::size_t most);

/// "a, b, c"; empty without words.
std::string joined(const std::vector<std::string>& words, std::string_view separator);

/// The other way; an empty text has no words, and one between two separators is empty.
std::vector<std::string> split(std::string_view text, char separator);

}  // namespace inventory
