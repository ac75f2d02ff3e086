#pragma once

#include "inventory/support/time.hpp"

namespace inventory {

/// Lets other threads end one thread's wait, also while it waits for a descriptor. A signal stays until it is
/// cleared: it is never lost, whenever it comes.
class Wakeup {
public:
    enum class Reason { signalled, readable, time_over };

    /// Throws std::system_error when the process may have no more descriptors.
    Wakeup();
    ~Wakeup();
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    void signal() const;
    void clear() const;

    /// Waits for a signal.
    Reason wait(Duration limit) const;
    /// Waits for a signal or until the descriptor has something to say (its end, too).
    [[nodiscard]] Reason wait_for(int descriptor, Duration limit) const;

private:
    int descriptor_;
};

}  // namespace inventory
