#pragma once

#include <string>
#include <string_view>

namespace service {

/// The text between the quotes of a JSON string: quotes, backslashes and control characters are escaped, and
/// what is not UTF-8 becomes U+FFFD, so that the result can always be read back.
std::string json_escaped(std::string_view text);

/// For text between HTML's tags and in its quoted attributes. Whatever comes from outside goes through here.
std::string html_escaped(std::string_view text);

}  // namespace service
