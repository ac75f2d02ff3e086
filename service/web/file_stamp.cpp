#include "service/web/file_stamp.hpp"

#include <sys/stat.h>

namespace service::web {

FileStamp stamp_of(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        return {};
    }
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .size = status.st_size,
            .modified_seconds = status.st_mtim.tv_sec,
            .modified_nanoseconds = status.st_mtim.tv_nsec};
}

}  // namespace service::web
