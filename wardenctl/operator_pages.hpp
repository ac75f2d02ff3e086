#pragma once

#include <string>
#include <string_view>

#include "inventory/support/error.hpp"

namespace wardenctl {

// The controller's answers to an operator's words, as pages. Pure. Error: it is no answer that this version
// understands.

inventory::Result<std::string> render_approval(std::string_view json);
inventory::Result<std::string> render_lift(std::string_view json);
inventory::Result<std::string> render_acknowledgement(std::string_view json);
inventory::Result<std::string> render_cancellation(std::string_view json);
/// One pause that has begun or ended.
inventory::Result<std::string> render_pause(std::string_view json);
inventory::Result<std::string> render_pauses(std::string_view json);

}  // namespace wardenctl
