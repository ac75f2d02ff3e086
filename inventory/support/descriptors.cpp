#include "inventory/support/descriptors.hpp"

#include <algorithm>

#include <sys/resource.h>

namespace inventory {

void allow_many_descriptors() {
    // Enough for any cloud; a child that closes all it may have would take long over a million.
    constexpr rlim_t enough = 65536;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < enough) {
        limit.rlim_cur = std::min(limit.rlim_max, enough);
        // Up to the hard limit it cannot fail; and who has too few learns it from each host that lacks one.
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

}  // namespace inventory
