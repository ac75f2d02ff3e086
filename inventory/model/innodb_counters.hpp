#pragma once

#include <cstdint>
#include <optional>

#include "inventory/support/time.hpp"

namespace inventory {

/// What InnoDB has counted since the server started. A counter that is switched off there is not known here.
struct InnodbCounters {
    std::optional<std::uint64_t> row_lock_waits = {};  ///< waits for a row lock that began
    std::optional<Duration> row_lock_time = {};        ///< spent in them
    std::optional<std::uint64_t> lock_timeouts = {};   ///< statements that gave up waiting (error 1205)
    std::optional<std::uint64_t> deadlocks = {};  ///< transactions that were rolled back for one (error 1213)
    std::optional<Duration> lock_wait_timeout =
        {};  ///< the setting innodb_lock_wait_timeout, for new sessions

    bool operator==(const InnodbCounters&) const = default;
};

}  // namespace inventory
