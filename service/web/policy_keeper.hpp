#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "service/web/web_policy.hpp"

namespace service::web {

/// The policy in force. The configuration's file and the files that it names (certificates are renewed while
/// we run) are looked at when connections come, but not more often than once in a while, and are read again
/// when one has changed. A new configuration that is wrong changes nothing: the last good one stays in force,
/// so that a slip of the pen neither opens the door nor blinds the monitoring, and the log and is_current()
/// tell.
class PolicyKeeper {
public:
    using Instant = std::chrono::steady_clock::time_point;

    /// An empty path: no file, plain HTTP.
    static inventory::Result<std::unique_ptr<PolicyKeeper>> open(const std::string& path);

    std::shared_ptr<const WebPolicy> current(Instant now);
    /// False: the file has changed since, and cannot be used as it is now.
    [[nodiscard]] bool is_current() const { return current_; }

private:
    PolicyKeeper(std::string path, LoadedPolicy&& loaded);

    [[nodiscard]] bool has_changed() const;
    void look();

    const std::string path_;
    std::atomic<bool> current_ = true;
    std::mutex looking_;              ///< one looks, the others go on with what is there
    Instant next_look_;               ///< guarded by looking_
    std::vector<StampedFile> files_;  ///< guarded by looking_
    std::string last_mistake_;        ///< guarded by looking_
    std::mutex mutex_;
    std::shared_ptr<const WebPolicy> policy_;  ///< guarded by mutex_
};

}  // namespace service::web
