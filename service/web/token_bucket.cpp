#include "service/web/token_bucket.hpp"

#include <algorithm>

namespace service::web {

bool TokenBucket::take(Instant now) {
    const std::lock_guard lock{mutex_};
    const Instant next = std::max(next_, now);
    if (next - now > room_) {
        return false;
    }
    next_ = next + interval_;
    return true;
}

}  // namespace service::web
