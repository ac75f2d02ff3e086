#pragma once

#include <string>
#include <string_view>

namespace inventory::mariadb {

/// A statement of somebody else's as a page may show it: every literal is `?`, lists of them are `?, ...`,
/// comments are left out, and it is one short line. Where it could be read in two ways (a backslash before a
/// quote means different things in different SQL modes) the digest ends: rather too short than with a secret.
std::string statement_digest(std::string_view statement);

}  // namespace inventory::mariadb
