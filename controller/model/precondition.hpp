#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/model/move_obstacles.hpp"
#include "inventory/model/ownership.hpp"

namespace controller {

enum class Standing { holds, fails, unknown };

std::string_view to_word(Standing standing);

/// What one precondition of a move says (reference 5.2, and 5.6 for our own).
struct Precondition {
    std::string name;
    std::string claim;  ///< what it demands
    Standing standing = Standing::unknown;
    std::string sentence;   ///< why it fails, or what is not known, with the facts
    std::string lifted_by;  ///< empty while it holds

    bool operator==(const Precondition&) const = default;
};

/// The worst of them: fails before unknown before holds.
Standing worst_of(const std::vector<Precondition>& preconditions);

/// Everything that the preflight of a move rests on. A null VM or destination is not there, unless it is
/// named unreadable: then nobody knows.
struct MoveFacts {
    std::optional<inventory::VmOwnership> vm;
    std::optional<inventory::MoveDestination> destination;
    inventory::MoveObstacles obstacles;  ///< what is unknown is null
    bool is_vm_unreadable = false;
    bool is_destination_unreadable = false;

    bool operator==(const MoveFacts&) const = default;
};

}  // namespace controller
