#pragma once

#include <string>
#include <string_view>

#include "inventory/support/error.hpp"

namespace wardenctl {

// The controller's JSON as pages for a terminal of 100 columns. Pure. Error: it is no answer that this
// version understands.

inventory::Result<std::string> render_actions(std::string_view json);
inventory::Result<std::string> render_action(std::string_view json);
/// One screen: at most 40 lines. `--json` shows what it leaves out.
inventory::Result<std::string> render_explanation(std::string_view json);

/// Every precondition of a move, and how it stands.
inventory::Result<std::string> render_check(std::string_view json);
/// The worst of them: holds, fails or unknown.
std::string standing_of(std::string_view json);
/// A move that was asked for.
inventory::Result<std::string> render_filed(std::string_view json);

/// The sentence of {"error": "..."}.
std::string error_of(std::string_view json);

}  // namespace wardenctl
