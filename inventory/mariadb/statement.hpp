#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/mariadb/connection.hpp"

namespace inventory::mariadb {

/// The statement with each `?` replaced by the next parameter as an SQL literal. A `?` within quotes stays.
/// Relies on the session's character set (utf8mb4) and SQL mode (backslash escapes), which every session of
/// ours sets. An error when the numbers of marks and parameters differ, or a number is not finite.
Result<std::string> render_statement(std::string_view statement, const std::vector<Parameter>& parameters);

}  // namespace inventory::mariadb
