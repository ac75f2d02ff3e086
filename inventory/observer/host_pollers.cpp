#include "inventory/observer/host_pollers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace inventory::observer {
namespace {

/// Stands in for the libvirt of a host whose URI is another host's too: one of the two would be asked in the
/// other's name, and its list would "prove" that VMs are gone which run elsewhere.
class AmbiguousSource final : public DomainSource {
public:
    explicit AmbiguousSource(const std::string& uri)
        : error_{"its libvirt URI " + uri +
                 " is another host's too, so an answer would prove nothing; give each host its own in "
                 "cloud.libvirt.uri, cluster_uris or uri_overrides"} {}

    Result<std::vector<Domain>> domains(Duration /*deadline*/) override { return tl::unexpected(error_); }

private:
    Error error_;
};

std::set<std::string> shared_uris(const ObservationPlan& plan, const CloudRecords& records) {
    std::map<std::string, HostId> owners;
    std::set<std::string> shared;
    for (const auto& host : records.hosts) {
        const auto [owner, is_new] = owners.emplace(libvirt_uri(plan, host, records.clusters), host.id);
        if (!is_new && owner->second != host.id) {
            shared.insert(owner->first);
        }
    }
    return shared;
}

}  // namespace

HostPollers::HostPollers(const ObservationPlan& plan, DomainSourceMaker maker, Clock clock,
                         HostPoller::Publish publish)
    : plan_(plan), maker_(std::move(maker)), clock_(std::move(clock)), publish_(std::move(publish)) {}

HostPollers::~HostPollers() {
    Pollers pollers;
    {
        // Their threads still ask follows() until they have ended.
        const std::lock_guard lock{mutex_};
        pollers.swap(pollers_);
    }
    for (const auto& [host, poller] : pollers) {
        poller->stop();
    }
}

std::shared_ptr<HostPoller> HostPollers::make_poller(const HostRecord& host, std::string uri,
                                                     bool is_shared) const {
    auto source = is_shared ? std::make_unique<AmbiguousSource>(uri) : maker_(uri);
    HostPlan plan{host.id, std::move(uri), plan_.libvirt_interval, plan_.libvirt_timeout};
    return std::make_shared<HostPoller>(std::move(plan), std::move(source), clock_, publish_);
}

void HostPollers::follow(const CloudRecords& records) {
    std::vector<std::shared_ptr<HostPoller>> ended;  // joined after the lock is gone
    auto shared = shared_uris(plan_, records);
    const std::lock_guard lock{mutex_};
    Pollers followed;
    for (const auto& host : records.hosts) {
        if (followed.contains(host.id)) {
            continue;
        }
        auto uri = libvirt_uri(plan_, host, records.clusters);
        const auto known = pollers_.find(host.id);
        const bool is_shared = shared.contains(uri);
        if (known != pollers_.end() && known->second->uri() == uri && shared_.contains(uri) == is_shared) {
            followed.insert(pollers_.extract(known));
        } else {
            followed.emplace(host.id, make_poller(host, std::move(uri), is_shared));
        }
    }
    shared_ = std::move(shared);
    auto left = std::exchange(pollers_, std::move(followed));
    for (auto& [host, poller] : left) {
        poller->stop();
        retired_.push_back(std::move(poller));
    }
    const auto first_ended = std::stable_partition(retired_.begin(), retired_.end(),
                                                   [](const auto& poller) { return !poller->has_ended(); });
    ended.assign(std::make_move_iterator(first_ended), std::make_move_iterator(retired_.end()));
    retired_.erase(first_ended, retired_.end());
}

bool HostPollers::follows(HostId host, const std::string& uri) const {
    // Asked by the pollers' own threads: a pointer to the poller, however short-lived, could become the last
    // one, and the thread would have to join itself.
    const std::lock_guard lock{mutex_};
    const auto found = pollers_.find(host);
    return found != pollers_.end() && found->second->uri() == uri;
}

std::shared_ptr<HostPoller> HostPollers::poller_of(HostId host, const std::string& uri) const {
    const std::lock_guard lock{mutex_};
    const auto found = pollers_.find(host);
    return found != pollers_.end() && found->second->uri() == uri ? found->second : nullptr;
}

void HostPollers::nudge(const std::set<HostId>& hosts) const {
    const std::lock_guard lock{mutex_};
    for (const auto host : hosts) {
        if (const auto found = pollers_.find(host); found != pollers_.end()) {
            (void)found->second->nudge();
        }
    }
}

Witnesses HostPollers::ask_now(const std::vector<HostRecord>& hosts, const ClusterNames& clusters) const {
    struct Question {
        HostId host;
        std::shared_ptr<HostPoller> poller;
        std::uint64_t round;
    };
    std::vector<Question> questions;
    for (const auto& host : hosts) {
        if (auto poller = poller_of(host.id, libvirt_uri(plan_, host, clusters))) {
            const auto round = poller->nudge();
            questions.push_back(Question{host.id, std::move(poller), round});
        }
    }
    // A host may be in the middle of another question, whose answer would be older than this call.
    constexpr std::chrono::seconds margin{1};
    const auto deadline = std::chrono::steady_clock::now() + 2 * plan_.libvirt_timeout + margin;
    Witnesses witnesses;
    for (const auto& question : questions) {
        witnesses.emplace(question.host, question.poller->answer_to(question.round, deadline));
    }
    return witnesses;
}

}  // namespace inventory::observer
