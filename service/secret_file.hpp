#pragma once

#include <string>

#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"

namespace service {

/// Reads a secret from a file of its own: one line, of which a trailing newline is not part. A file that
/// others than its owner and group may read is used, and a warning is logged.
inventory::Result<inventory::Secret> read_secret_file(const std::string& path);

}  // namespace service
