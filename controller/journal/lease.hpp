#pragma once

#include <cstdint>
#include <string>

#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"

namespace controller::journal {

/// The lease as it stands in the journal. All times are the database's, so that controllers' clocks may
/// differ.
struct LeaseRow {
    std::string holder;       ///< empty: given up, or never taken
    std::uint64_t token = 0;  ///< one more at each take-over
    inventory::Time taken_at;
    inventory::Time expires_at;
    inventory::Time read_at{};

    bool operator==(const LeaseRow&) const = default;

    [[nodiscard]] bool has_expired() const { return expires_at <= read_at; }
};

/// The lease that one controller at a time holds, with its fencing token. Every change is one conditional
/// statement, never repeated by itself: an Error means that nobody knows whether it was made, and counts as
/// not made. From one thread.
class Lease {
public:
    virtual ~Lease() = default;

    virtual inventory::Result<LeaseRow> read() = 0;

    /// From now on for so long. False: another has taken it over. A lease that has expired and that nobody
    /// took is still renewed: its token fences as before.
    virtual inventory::Result<bool> renew(const std::string& holder, std::uint64_t token,
                                          inventory::Duration ttl) = 0;

    /// Takes over what was seen, with the token seen + 1. False: it has not expired and is another's, or
    /// somebody was faster. What carries our own name already (an answer was lost) is taken anew.
    virtual inventory::Result<bool> take(const LeaseRow& seen, const std::string& holder,
                                         inventory::Duration ttl) = 0;

    /// Lets the next one take it over at once. Nothing happens when it is ours no longer.
    virtual inventory::Status give_up(const std::string& holder, std::uint64_t token) = 0;
};

}  // namespace controller::journal
