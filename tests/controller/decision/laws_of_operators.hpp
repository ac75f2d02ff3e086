#pragma once

#include <string_view>

#include "tests/support/worlds.hpp"

/// What an operator has said, stated a second time.
namespace controller::decision {

/// Somebody answers for what this guard refuses.
bool is_lifted(const support::Case& c, std::string_view guard);
/// The attempt that would come next.
bool is_approved(const support::Case& c);
/// Neither paused nor silenced.
bool is_at_liberty(const support::Case& c);
bool is_in_window(const support::Case& c);
/// So many actions on the VM that a human has to look at it first.
bool flaps(const support::Case& c);

}  // namespace controller::decision
