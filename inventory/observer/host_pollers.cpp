#include "inventory/observer/host_pollers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <system_error>
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

Result<std::shared_ptr<HostPoller>> HostPollers::make_poller(const HostPlan& plan, bool is_shared) const {
    try {
        auto source = is_shared ? std::make_unique<AmbiguousSource>(plan.uri) : maker_(plan.uri);
        return std::make_shared<HostPoller>(plan, std::move(source), clock_, publish_);
    } catch (const std::system_error& error) {
        return failure("cannot start to ask it (see the limits on this process's threads and descriptors): " +
                           std::string{error.what()},
                       true);
    }
}

HostPollers::Pollers HostPollers::next_pollers(const CloudRecords& records,
                                               const std::set<std::string>& shared) {
    Pollers followed;
    unstarted_.clear();
    for (const auto& host : records.hosts) {
        if (followed.contains(host.id) || unstarted_.contains(host.id)) {
            continue;
        }
        const HostPlan plan{host.id, libvirt_uri(plan_, host, records.clusters), plan_.libvirt_interval,
                            plan_.libvirt_timeout};
        const bool is_shared = shared.contains(plan.uri);
        const auto known = pollers_.find(host.id);
        if (known != pollers_.end() && known->second->uri() == plan.uri &&
            shared_.contains(plan.uri) == is_shared) {
            followed.insert(pollers_.extract(known));
        } else if (auto poller = make_poller(plan, is_shared)) {
            followed.emplace(host.id, std::move(*poller));
        } else {
            auto silent = witness_after(unasked(plan), tl::unexpected(poller.error()), Time{}, Time{});
            unstarted_.emplace(host.id, std::make_shared<const HostWitness>(std::move(silent)));
        }
    }
    return followed;
}

HostPollers::Retired HostPollers::retire(const Pollers& left) {
    for (const auto& [host, poller] : left) {
        poller->stop();
        retired_.push_back(poller);
    }
    const auto first_ended = std::stable_partition(retired_.begin(), retired_.end(),
                                                   [](const auto& poller) { return !poller->has_ended(); });
    Retired ended(std::make_move_iterator(first_ended), std::make_move_iterator(retired_.end()));
    retired_.erase(first_ended, retired_.end());
    return ended;
}

void HostPollers::follow(const CloudRecords& records) {
    auto shared = shared_uris(plan_, records);
    Retired ended;        // joined after the lock is gone
    Witnesses unstarted;  // published after it too: who hears of them asks follows()
    {
        const std::lock_guard lock{mutex_};
        auto followed = next_pollers(records, shared);
        shared_ = std::move(shared);
        ended = retire(std::exchange(pollers_, std::move(followed)));
        unstarted = unstarted_;
    }
    for (const auto& [host, witness] : unstarted) {
        publish_(witness);
    }
}

bool HostPollers::follows(HostId host, const std::string& uri) const {
    // Asked by the pollers' own threads: a pointer to the poller, however short-lived, could become the last
    // one, and the thread would have to join itself.
    const std::lock_guard lock{mutex_};
    const auto found = pollers_.find(host);
    if (found != pollers_.end()) {
        return found->second->uri() == uri;
    }
    const auto unstarted = unstarted_.find(host);
    return unstarted != unstarted_.end() && unstarted->second->uri == uri;
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
