#include "inventory/observer/host_poller.hpp"

namespace inventory::observer {
namespace {

/// However much happens on a host, it is asked no more often: a storm of changes is heard as a few.
constexpr std::chrono::milliseconds least_gap{100};

}  // namespace

bool is_encrypted(std::string_view uri) {
    const auto scheme = uri.substr(0, uri.find("://"));
    return !scheme.ends_with("+tcp");
}

HostWitness unasked(const HostPlan& plan) {
    HostWitness witness;
    witness.host = plan.host;
    witness.uri = plan.uri;
    witness.encrypted = is_encrypted(plan.uri);
    witness.error = "not asked yet";
    return witness;
}

HostWitness witness_after(const HostWitness& before, Result<std::vector<Domain>> answer, Time asked_at,
                          Time answered_at) {
    HostWitness after = before;
    after.up = answer.has_value();
    after.error = answer ? "" : answer.error().message;
    if (answer) {
        after.asked_at = asked_at;
        after.answered_at = answered_at;
        after.domains = std::move(*answer);
    }
    return after;
}

HostPoller::HostPoller(HostPlan plan, std::unique_ptr<DomainSource> source, Clock clock, Publish publish)
    : plan_(std::move(plan)),
      source_(std::move(source)),
      clock_(std::move(clock)),
      publish_(std::move(publish)),
      newest_(std::make_shared<const HostWitness>(unasked(plan_))),
      task_(
          Pace{plan_.interval, least_gap}, [this] { ask(); },
          [this](Duration limit, const Wakeup& wakeup) { source_->wait_for_change(limit, wakeup); }) {}

std::shared_ptr<const HostWitness> HostPoller::answer_to(std::uint64_t round,
                                                         RepeatingTask::Deadline deadline) const {
    const bool in_time = task_.wait_for_round(round, deadline);
    const std::lock_guard lock{mutex_};
    if (in_time) {
        return newest_;
    }
    return std::make_shared<const HostWitness>(
        witness_after(*newest_, failure(plan_.uri + ": no answer in time", true), Time{}, Time{}));
}

void HostPoller::ask() {
    const auto asked_at = clock_();
    auto answer = source_->domains(plan_.timeout);
    // Only this thread replaces it, so that it may be read here without the lock.
    auto witness =
        std::make_shared<const HostWitness>(witness_after(*newest_, std::move(answer), asked_at, clock_()));
    {
        const std::lock_guard lock{mutex_};
        newest_ = witness;
    }
    publish_(std::move(witness));
}

}  // namespace inventory::observer
