#include "service/file_content.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace service {
namespace {

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return value_; }

private:
    int value_;
};

std::string reason_of_errno() {
    return std::generic_category().message(errno);
}

}  // namespace

inventory::Result<FileContent> read_file(const std::string& path, std::size_t most) {
    // Non-blocking, because a path that names a pipe must not hold the program before the check below.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.get() < 0) {
        return inventory::failure("cannot open " + path + ": " + reason_of_errno());
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return inventory::failure("cannot read " + path + ": it is not a file");
    }
    FileContent content{.bytes = std::string(most + 1, '\0'),
                        .world_readable = (status.st_mode & S_IROTH) != 0};
    std::size_t size = 0;
    while (size <= most) {
        const ssize_t count = ::read(file.get(), content.bytes.data() + size, content.bytes.size() - size);
        if (count < 0 && errno != EINTR) {
            return inventory::failure("cannot read " + path + ": " + reason_of_errno());
        }
        if (count == 0) {
            content.bytes.resize(size);
            return content;
        }
        size += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return inventory::failure("cannot read " + path + ": it is larger than " + std::to_string(most) +
                              " bytes");
}

}  // namespace service
