#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "inventory/model/snapshot.hpp"

namespace inventory::observer {

/// The newest snapshot: one pointer behind one mutex. Readers keep what they took for as long as they like.
class SnapshotStore {
public:
    void publish(std::shared_ptr<const Snapshot> snapshot);

    /// Null before the first publish().
    [[nodiscard]] std::shared_ptr<const Snapshot> latest() const;

    /// Waits until the newest snapshot is not `seen` or `limit` is over; returns the newest either way.
    [[nodiscard]] std::shared_ptr<const Snapshot> wait_for_newer(const std::shared_ptr<const Snapshot>& seen,
                                                                 Duration limit) const;

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable published_;
    std::shared_ptr<const Snapshot> latest_;
};

}  // namespace inventory::observer
