#include "inventory/observer/snapshot_store.hpp"

namespace inventory::observer {

void SnapshotStore::publish(std::shared_ptr<const Snapshot> snapshot) {
    {
        const std::lock_guard lock{mutex_};
        // The old one is released by the caller's argument, outside the lock: it may be large.
        latest_.swap(snapshot);
    }
    published_.notify_all();
}

std::shared_ptr<const Snapshot> SnapshotStore::latest() const {
    const std::lock_guard lock{mutex_};
    return latest_;
}

std::shared_ptr<const Snapshot> SnapshotStore::wait_for_newer(const std::shared_ptr<const Snapshot>& seen,
                                                              Duration limit) const {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    std::unique_lock lock{mutex_};
    published_.wait_until(lock, deadline, [&] { return latest_ != seen; });
    return latest_;
}

}  // namespace inventory::observer
