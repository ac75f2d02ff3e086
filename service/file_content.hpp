#pragma once

#include <cstddef>
#include <string>

#include "inventory/support/error.hpp"

namespace service {

struct FileContent {
    std::string bytes;
    bool world_readable = false;
};

/// The whole of a regular file. Error: "cannot open /etc/x: No such file or directory", or that it is larger
/// than `most` bytes.
inventory::Result<FileContent> read_file(const std::string& path, std::size_t most);

}  // namespace service
