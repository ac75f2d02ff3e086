#pragma once

#include "inventory/support/time.hpp"

namespace service {

enum class Signal { none, stop, reload };

/// Blocks SIGINT, SIGTERM and SIGHUP in this thread and in all that it starts, and ignores SIGPIPE. First
/// line of main.
void block_signals();

/// Waits for one of them: INT and TERM are `stop`, HUP is `reload`; `none` when the limit is over.
Signal wait_for_signal(inventory::Duration limit);

/// Ends the process with this code when `patience` is over, whatever its threads still wait for; call it when
/// all that remains is to let go. Nothing is flushed and no destructor runs, as in a crash: only for programs
/// that may die at any instant.
void exit_within(inventory::Duration patience, int code);

}  // namespace service
