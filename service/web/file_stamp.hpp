#pragma once

#include <cstdint>
#include <string>

namespace service::web {

/// By what a changed file is told, without reading it. A file that cannot be looked at has a stamp too.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1;
    std::int64_t modified_seconds = 0;
    std::int64_t modified_nanoseconds = 0;

    bool operator==(const FileStamp&) const = default;
};
FileStamp stamp_of(const std::string& path);

/// A file, as it was just before it was read.
struct StampedFile {
    std::string path;
    FileStamp stamp;
};

}  // namespace service::web
