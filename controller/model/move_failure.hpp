#pragma once

#include <optional>
#include <string>

#include "controller/model/move.hpp"

namespace controller {

/// What is known of a call of assignVirtualMachine that did not move the VM.
struct FailedMoveCall {
    std::optional<int> error_code;  ///< CloudStack's (reference 6.3); null: there was no answer
    std::string text;               ///< its errortext, or what the connection said
    inventory::Duration took{};
    std::optional<inventory::Duration> lock_wait_timeout;  ///< innodb_lock_wait_timeout of the server
    bool sequence_missing = false;  ///< a network of the move has no row in op_networks

    bool operator==(const FailedMoveCall&) const = default;
};

struct MoveFailureClass {
    MoveFailure failure = MoveFailure::unknown;
    std::string because;

    bool operator==(const MoveFailureClass&) const = default;
};

/// Classifies a failure of a VM that is untouched. CloudStack's text seldom names the cause (#13406), so what
/// it cannot say is told by how long the call took (every wait for a lock costs innodb_lock_wait_timeout;
/// reference 4.6) and by the missing row. What neither tells stays unknown.
MoveFailureClass classify(const FailedMoveCall& call);

}  // namespace controller
