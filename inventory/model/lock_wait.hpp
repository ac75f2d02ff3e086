#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// InnoDB's number of a transaction: it joins the facts of one reading and means nothing in the next.
using TransactionId = Id<struct TransactionTag>;

/// The lock that a transaction waits for. All times are as of the reading, by the server's own clock.
struct LockWait {
    std::string schema;  ///< empty, as is `table`, where the server no longer knew the lock
    std::string table;
    bool is_of_cloud = false;  ///< a table of CloudStack's schema: only their names are metric labels
    std::string index;         ///< empty for a lock on the whole table
    std::string mode;          ///< as the server writes it: X, S,GAP, X,REC_NOT_GAP, ...
    std::string key;  ///< primary key of the row; empty unless it is a number or the name of a sequence
    std::optional<Duration> lasted;
    std::vector<TransactionId> blockers;  ///< those that hold it, or stand before this one in the queue

    bool operator==(const LockWait&) const = default;
};

/// What the session of a transaction does.
enum class SessionState {
    running,              ///< a statement, or asleep for an instant between two
    idle_in_transaction,  ///< nothing for 2 s or more: the client has its locks and does something else
    waiting,              ///< it waits for a lock itself
    detached,             ///< there is no session: a transaction prepared by XA, which survives its client
    unknown,              ///< the session ended while it was read about
};

/// "running", "idle_in_transaction", ...: the word in metrics.
std::string_view to_word(SessionState state);

/// One open transaction and the session that it belongs to.
struct InnodbTransaction {
    TransactionId id;
    std::uint64_t thread = 0;  ///< of the session, for KILL; 0: there is none
    std::string user;
    std::string host;
    SessionState state = SessionState::unknown;
    std::optional<Duration> in_state;  ///< how long it has been running its statement, or asleep
    std::string statement;             ///< without literals; of an idle one the last, where the server tells
    std::optional<Duration> age;
    std::optional<LockWait> wait;

    bool operator==(const InnodbTransaction&) const = default;
};

/// InnoDB's open transactions, without those of Warden itself (which read, and lock nothing).
struct InnodbLocks {
    std::vector<InnodbTransaction> transactions;

    bool operator==(const InnodbLocks&) const = default;
};

/// How many transactions wait for the row with this numeric primary key, in one table of CloudStack's schema.
std::map<std::uint64_t, std::size_t> waiters_per_row(const InnodbLocks& locks, std::string_view table);

/// Whether somebody waits there for what no row's key tells: a gap, another index, the whole table, or a lock
/// that the server could not name.
bool is_waited_for_elsewhere(const InnodbLocks& locks, std::string_view table);

}  // namespace inventory
