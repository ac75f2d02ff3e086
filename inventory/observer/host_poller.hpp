#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "inventory/model/host_witness.hpp"
#include "inventory/observer/repeating_task.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::observer {

/// Which host is asked, where, how often and for how long.
struct HostPlan {
    HostId host;
    std::string uri;
    Duration interval;
    Duration timeout;
};

/// Asks one host's libvirt on a thread of its own, after each interval and whenever its domains may have
/// changed, and hands each answer, good or bad, to `publish`.
class HostPoller {
public:
    using Publish = std::function<void(std::shared_ptr<const HostWitness>)>;

    /// Throws std::system_error when the process may have no further thread or descriptor.
    HostPoller(HostPlan plan, std::unique_ptr<DomainSource> source, Clock clock, Publish publish);

    [[nodiscard]] const std::string& uri() const { return plan_.uri; }

    /// Has the host asked now; see RepeatingTask.
    std::uint64_t nudge() { return task_.nudge(); }

    /// The witness of that question or of a later one. Without one by the deadline: what the host said last,
    /// marked as no longer so.
    [[nodiscard]] std::shared_ptr<const HostWitness> answer_to(std::uint64_t round,
                                                               RepeatingTask::Deadline deadline) const;

    void stop() { task_.stop(); }
    [[nodiscard]] bool has_ended() const { return task_.has_ended(); }

private:
    void ask();

    const HostPlan plan_;
    const std::unique_ptr<DomainSource> source_;
    const Clock clock_;
    const Publish publish_;
    mutable std::mutex mutex_;
    std::shared_ptr<const HostWitness> newest_;
    RepeatingTask task_;  // last: its thread uses all of the above
};

/// Whether others on the network could read and forge what is said over this URI: true but for plain TCP.
bool is_encrypted(std::string_view uri);

/// A host that was not asked yet: its witness before the first question.
HostWitness unasked(const HostPlan& plan);

/// The witness after one more question: an error keeps what the host said last, and marks it as no longer so.
HostWitness witness_after(const HostWitness& before, Result<std::vector<Domain>> answer, Time asked_at,
                          Time answered_at);

}  // namespace inventory::observer
