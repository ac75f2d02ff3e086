#pragma once

#include <map>
#include <memory>
#include <string>

#include "inventory/model/snapshot.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::observer {

/// Who is asked, how often, with which deadline.
struct ObservationPlan {
    Duration database_interval{std::chrono::seconds{10}};
    Duration libvirt_interval{std::chrono::seconds{10}};
    Duration libvirt_timeout{std::chrono::seconds{5}};
    std::string libvirt_uri;                           ///< template: {private_ip} and {name} of the host
    std::map<std::string, std::string> cluster_uris;   ///< name of a cluster -> template for its hosts
    std::map<std::string, std::string> uri_overrides;  ///< name of a host -> template
    JudgementLimits limits;
};

/// Keeps a picture of the cloud: one thread reads the records, one each health source, one per host asks its
/// libvirt, and every answer makes a new snapshot. A slow or dead witness costs only its own facts. Hosts
/// come and go with the host table. All functions may be called from any thread; the destructor stops and
/// joins every thread within the deadlines.
class Observatory {
public:
    Observatory(ObservationPlan plan, Sources sources, Clock clock);
    ~Observatory();
    Observatory(const Observatory&) = delete;
    Observatory& operator=(const Observatory&) = delete;

    void start();

    /// Takes over from another observatory of the same cloud, whose newest snapshot this is, once both have
    /// seen it: drift that both see lasts since when the former says. Returns when latest() shows it.
    void continue_from(std::shared_ptr<const Snapshot> former);

    /// The newest snapshot, judged at the time it was composed; never null after start().
    [[nodiscard]] std::shared_ptr<const Snapshot> latest() const;

    /// Waits until a snapshot newer than `seen` exists or `limit` is over; returns the newest either way.
    [[nodiscard]] std::shared_ptr<const Snapshot> wait_for_newer(const std::shared_ptr<const Snapshot>& seen,
                                                                 Duration limit) const;

    /// Facts read for this call alone, for the decision that may act: the VM's row (and any row that shares
    /// its identity), all hosts and all work are read from the database now, then every host that could hold
    /// the VM is asked now. Nothing in the result is older than the call: a host that did not answer within
    /// its deadline is a witness that is not `up`. `judged[i].since` carries over from the shared history.
    [[nodiscard]] Result<Snapshot> read_afresh(const std::string& vm_uuid);

private:
    class State;
    std::unique_ptr<State> state_;
};

/// The names of clusters, as the records have them.
using ClusterNames = std::map<ClusterId, std::string>;

/// Fills {private_ip} and {name} into the template of the host, else of its cluster, else of all.
std::string libvirt_uri(const ObservationPlan& plan, const HostRecord& host, const ClusterNames& clusters);

}  // namespace inventory::observer
