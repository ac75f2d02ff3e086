#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "service/escape.hpp"

namespace exporter {

using service::html_escaped;

/// A whole page around `body`, which is HTML already: the look that all pages of the exporter share, readable
/// on a telephone, without any script.
std::string html_page(std::string_view title, std::string_view body);

/// One row of a table. The cells are HTML already.
std::string html_row(std::initializer_list<std::string_view> cells);

}  // namespace exporter
