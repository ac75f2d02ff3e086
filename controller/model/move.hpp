#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/model/action.hpp"
#include "inventory/model/ownership.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// Why a try to move a VM failed. `transient`: it may succeed as it is (1205, 1213, no MAC address from the
/// sequence). `partial`: the VM is in pieces. Only a transient one is tried again.
enum class MoveFailure { transient, permanent, partial, unknown };

std::string_view to_word(MoveFailure failure);
std::optional<MoveFailure> parse_move_failure(std::string_view word);

/// Where a VM shall go, in the words of CloudStack's API, which never records it (reference 5.5).
struct MoveTarget {
    std::string account;  ///< its name, which is unique in its domain
    std::string domain_uuid;
    std::vector<std::string> network_uuids;  ///< none: CloudStack chooses, or makes one

    bool operator==(const MoveTarget&) const = default;
};

/// The move of one VM to another account, as somebody asked for it. It is open as long as its action is.
struct Move {
    std::uint64_t id = 0;
    std::uint64_t action_id = 0;                ///< the newest that was made for it
    ActionState state = ActionState::received;  ///< of that action
    std::string batch;                          ///< of a bulk move; empty: none
    std::string vm_uuid;
    MoveTarget target;
    inventory::Owner from;  ///< as it was judged when it was asked for
    std::string requested_by;
    std::string reason;
    inventory::Time requested_at;
    std::optional<MoveFailure> failure;  ///< of the newest try; null: none has failed
    std::string failure_note;
    /// The newest VM.MOVE event of the VM when the newest try was decided; 0: none. A later one is of that
    /// try.
    std::uint64_t judged_event = 0;

    bool operator==(const Move&) const = default;

    /// Whether it may be tried (again): nothing has failed yet, or only what passes by itself.
    [[nodiscard]] bool may_be_tried() const {
        const bool is_wanted = !is_final(state) || (state == ActionState::failed && failure);
        return is_wanted && failure.value_or(MoveFailure::transient) == MoveFailure::transient;
    }
    [[nodiscard]] inventory::MoveOutline outline() const { return {from, target.network_uuids}; }
};

/// The identity under which a move stands among the alerts: no alert's fingerprint has a hyphen.
std::string fingerprint_of_move(std::uint64_t move_id);
/// The move's id out of such a fingerprint; nullopt for one of an alert.
std::optional<std::uint64_t> move_of_fingerprint(std::string_view fingerprint);

/// Shown where an action of a move has no alert.
inline constexpr std::string_view move_alert_name = "wardenctl reassign";

}  // namespace controller
