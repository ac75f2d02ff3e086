#pragma once

#include <string_view>

namespace controller::journal {

/// The words of every state that is not final, as a list in SQL.
inline constexpr std::string_view open_states =
    "('received', 'held', 'observed', 'awaiting_approval', 'decided', 'intent', 'executing', 'verifying')";

}  // namespace controller::journal
