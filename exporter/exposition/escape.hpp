#pragma once

#include <string>
#include <string_view>

namespace exporter {

/// Appends a label value: backslash, quote and newline escaped, what is not UTF-8 replaced by U+FFFD.
void append_label_value(std::string& out, std::string_view value);

/// Appends a HELP text: backslash and newline escaped.
void append_help(std::string& out, std::string_view help);

}  // namespace exporter
