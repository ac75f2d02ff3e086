#pragma once

#include <optional>
#include <string>
#include <vector>

#include "controller/model/move.hpp"
#include "inventory/support/error.hpp"

namespace controller::journal {

/// What somebody asks for: one VM to one account.
struct MoveRequest {
    std::string batch;  ///< of a bulk move, 64 characters at most; empty: none
    std::string vm_uuid;
    MoveTarget target;
    inventory::Owner from;  ///< whose the VM is now
    std::string requested_by;
    std::string reason;
    bool again = false;  ///< a move of the batch that failed and left the VM untouched is asked for anew
};

struct FiledMove {
    Move move;
    bool created = false;  ///< false: the batch has this VM already, and nothing changed
};

/// What has to be known of a try when nobody is left who made it.
struct MoveTryNote {
    std::uint64_t action_id = 0;
    std::uint64_t judged_event = 0;  ///< the newest VM.MOVE event before it: a later one may be its own
};

/// The moves that somebody asked Warden for: the only place where their targets are kept (reference 5.5).
/// With the manners of the Journal: durable before any call returns, one transaction each, safe from any
/// thread.
class Moves {
public:
    virtual ~Moves() = default;

    /// Writes the move down with an action that carries it out. Once per VM of a batch, however often.
    virtual inventory::Result<FiledMove> file(const MoveRequest& request, inventory::Time now) = 0;

    /// The newest move of the VM, whoever asked for it.
    virtual inventory::Result<std::optional<Move>> newest_on(const std::string& vm_uuid) = 0;
    /// The one that the newest try of this action is about, whatever was asked for on the VM since.
    virtual inventory::Result<std::optional<Move>> tried_by(std::uint64_t action_id) = 0;
    /// Those of a batch in their order.
    virtual inventory::Result<std::vector<Move>> of_batch(const std::string& batch) = 0;

    // What belongs to executing is refused as "fenced" when another controller holds the lease, as in the
    // Journal.

    /// Before a try.
    virtual inventory::Status note_try(std::uint64_t move_id, const MoveTryNote& note) = 0;
    /// After a try, before its attempt is closed: a crash between the two has the attempt settled again.
    virtual inventory::Status note_failure(std::uint64_t move_id, std::optional<MoveFailure> failure,
                                           const std::string& note) = 0;
};

}  // namespace controller::journal
