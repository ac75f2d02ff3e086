#pragma once

#include "tests/support/worlds.hpp"

/// What is around the one VM, stated a second time.
namespace controller::decision {

/// In the part of the cloud that Warden was given. Needs one row.
bool is_in_scope(const support::Case& c);
/// Its owner has not taken it out of Warden's hands, for all that is known.
bool is_left_in(const support::Case& c);
/// Its neighbours live, and have for long.
bool is_calm_around(const support::Case& c);
/// Few of its neighbours are under repair.
bool has_room_for_one_more(const support::Case& c);

}  // namespace controller::decision
