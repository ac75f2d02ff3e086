#pragma once

#include "inventory/support/time.hpp"

namespace service {

enum class Signal { none, stop, reload };

/// Blocks SIGINT, SIGTERM and SIGHUP in this thread and in all that it starts, and ignores SIGPIPE. First
/// line of main.
void block_signals();

/// Waits for one of them: INT and TERM are `stop`, HUP is `reload`; `none` when the limit is over.
Signal wait_for_signal(inventory::Duration limit);

}  // namespace service
