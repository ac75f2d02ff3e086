#include "inventory/support/wakeup.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace inventory {
namespace {

constexpr int nobody = -1;  ///< poll() passes over it

/// Rounded up, so that a wait does not spin through its last millisecond.
int milliseconds(Duration limit) {
    const auto count = std::chrono::ceil<std::chrono::milliseconds>(limit).count();
    return static_cast<int>(std::clamp<std::int64_t>(count, 0, 24L * 3600 * 1000));
}

}  // namespace

Wakeup::Wakeup() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make an eventfd");
    }
}

Wakeup::~Wakeup() {
    close(descriptor_);
}

void Wakeup::signal() const {
    // It can only fail when the counter is full, and then it is signalled already.
    (void)eventfd_write(descriptor_, 1);
}

void Wakeup::clear() const {
    eventfd_t count = 0;
    (void)eventfd_read(descriptor_, &count);
}

Wakeup::Reason Wakeup::wait(Duration limit) const {
    return wait_for(nobody, limit);
}

Wakeup::Reason Wakeup::wait_for(int descriptor, Duration limit) const {
    const auto until = std::chrono::steady_clock::now() + limit;
    std::array<pollfd, 2> awaited{pollfd{descriptor_, POLLIN, 0}, pollfd{descriptor, POLLIN, 0}};
    int ready = -1;
    do {
        const auto left = std::chrono::duration_cast<Duration>(until - std::chrono::steady_clock::now());
        ready = poll(awaited.data(), awaited.size(), milliseconds(left));
    } while (ready < 0 && errno == EINTR);
    if (awaited[0].revents != 0) {
        return Reason::signalled;
    }
    return awaited[1].revents != 0 ? Reason::readable : Reason::time_over;
}

}  // namespace inventory
