#pragma once

#include <functional>
#include <memory>

#include "controller/journal/fence.hpp"
#include "controller/journal/moves.hpp"
#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

/// Beside the journal, in the same schema, which open_mariadb_journal() has prepared before. `fence` is asked
/// for the token of every write that belongs to executing; a move may be asked for from any controller.
std::unique_ptr<Moves> make_mariadb_moves(const inventory::mariadb::Server& server,
                                          std::function<void(inventory::Duration)> on_write, Fence fence);

}  // namespace controller::journal
