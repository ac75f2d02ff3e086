#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "inventory/observer/host_poller.hpp"
#include "inventory/observer/observatory.hpp"

namespace inventory::observer {

/// One poller per live host, kept in step with the host table. A host that left, or whose URI changed, loses
/// its poller at once; the old thread ends by itself when its question does. Hosts that share a URI are not
/// asked: whose answer it would be is not known. A host for which no thread can be started is silent for that
/// reason until the next follow() tries again.
class HostPollers {
public:
    HostPollers(const ObservationPlan& plan, DomainSourceMaker maker, Clock clock,
                HostPoller::Publish publish);
    /// Waits for the questions under way, all at the same time.
    ~HostPollers();
    HostPollers(const HostPollers&) = delete;
    HostPollers& operator=(const HostPollers&) = delete;

    void follow(const CloudRecords& records);

    /// Whether a witness of this host and URI is still wanted.
    [[nodiscard]] bool follows(HostId host, const std::string& uri) const;

    /// Has each of these hosts asked as soon as may be, and does not wait.
    void nudge(const std::set<HostId>& hosts) const;

    /// Asks these hosts of the records now, all at the same time, and waits for each. A host that does not
    /// answer within its deadline, or that is not followed, gives no witness that is up.
    [[nodiscard]] Witnesses ask_now(const std::vector<HostRecord>& hosts, const ClusterNames& clusters) const;

private:
    using Pollers = std::map<HostId, std::shared_ptr<HostPoller>>;
    using Retired = std::vector<std::shared_ptr<HostPoller>>;

    [[nodiscard]] Result<std::shared_ptr<HostPoller>> make_poller(const HostPlan& plan, bool is_shared) const;
    Pollers next_pollers(const CloudRecords& records, const std::set<std::string>& shared);
    Retired retire(const Pollers& left);
    [[nodiscard]] std::shared_ptr<HostPoller> poller_of(HostId host, const std::string& uri) const;

    const ObservationPlan& plan_;
    DomainSourceMaker maker_;
    Clock clock_;
    HostPoller::Publish publish_;
    mutable std::mutex mutex_;
    Pollers pollers_;
    Witnesses unstarted_;           ///< of the hosts that would have a poller, but for a thread
    std::set<std::string> shared_;  ///< URIs of more than one host: none of them is asked
    Retired retired_;
};

}  // namespace inventory::observer
