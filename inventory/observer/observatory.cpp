#include "inventory/observer/observatory.hpp"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include "inventory/observer/composer.hpp"
#include "inventory/observer/host_pollers.hpp"
#include "inventory/observer/repeating_task.hpp"
#include "inventory/observer/snapshot_store.hpp"

namespace inventory::observer {
namespace {

/// Every change is shown at once when the last one is a while ago; otherwise several are shown together.
constexpr std::chrono::milliseconds least_pause{200};

/// How often a health source is asked whether something is due.
constexpr std::chrono::seconds health_glance{1};

/// Composing a large fleet's snapshot may take this part of one processor at most: one in five.
constexpr int pauses_per_composition = 4;

/// However often VMs come and go, the database is not read more often than this, nor for more than this part
/// of the time: one in six.
constexpr int readings_per_interval = 20;
constexpr int rest_per_reading = 5;

bool carries(const Domain& domain, const std::vector<VmRecord>& vms) {
    return std::any_of(vms.begin(), vms.end(), [&domain](const VmRecord& vm) {
        return domain.name == vm.instance_name || (!vm.uuid.empty() && domain.uuid == vm.uuid);
    });
}

/// Every host that could hold one of the VMs, and every host that was seen to hold one when it last answered.
std::vector<HostRecord> hosts_to_ask(const CloudRecords& records, const Witnesses& last_seen,
                                     CandidateScope scope) {
    const RecordIndex index{records};
    std::unordered_set<HostId> wanted;
    for (const auto& vm : records.vms) {
        for (const auto host : candidate_hosts(vm, index, scope)) {
            wanted.insert(host);
        }
    }
    for (const auto& [host, witness] : last_seen) {
        if (std::any_of(witness->domains.begin(), witness->domains.end(),
                        [&records](const Domain& domain) { return carries(domain, records.vms); })) {
            wanted.insert(host);
        }
    }
    std::vector<HostRecord> hosts;
    std::copy_if(records.hosts.begin(), records.hosts.end(), std::back_inserter(hosts),
                 [&wanted](const HostRecord& host) { return wanted.contains(host.id); });
    return hosts;
}

}  // namespace

/// What the observatory's threads share. The members' order is the order of their making: each thread ends
/// before what it uses.
class Observatory::State {
public:
    State(ObservationPlan plan, Sources&& sources, Clock clock);
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void start();
    void continue_from(std::shared_ptr<const Snapshot> former);
    Result<Snapshot> read_afresh(const std::string& vm_uuid);

    [[nodiscard]] const SnapshotStore& store() const { return store_; }

private:
    void read_database();
    void read_health(HealthSource& source);
    void note_witness(std::shared_ptr<const HostWitness> witness);
    void note_change();
    void compose();
    void look_again(const Snapshot& snapshot);
    void pause_after(std::chrono::steady_clock::duration composition);
    Result<Reading> read_vm(const std::string& vm_uuid);

    const ObservationPlan plan_;
    const Clock clock_;
    const std::unique_ptr<RecordSource> records_;
    const std::unique_ptr<RecordSource> fresh_records_;
    const std::vector<std::unique_ptr<HealthSource>> health_;
    std::mutex fresh_mutex_;  ///< fresh_records_ serves one caller at a time

    SnapshotStore store_;
    Composer composer_;

    std::mutex mutex_;  ///< of what follows
    std::condition_variable changed_;
    Evidence evidence_;
    std::shared_ptr<const Snapshot> former_;  ///< of the observatory that we take over from, until we have
    bool has_changed_ = false;
    bool stopping_ = false;

    HostPollers hosts_;
    std::optional<RepeatingTask> reading_;
    std::vector<std::unique_ptr<RepeatingTask>> health_readings_;
    std::optional<RepeatingTask> composing_;
};

Observatory::State::State(ObservationPlan plan, Sources&& sources, Clock clock)
    : plan_(std::move(plan)),
      clock_(std::move(clock)),
      records_(std::move(sources.records)),
      fresh_records_(std::move(sources.fresh_records)),
      health_(std::move(sources.health)),
      composer_(plan_.limits),
      hosts_(plan_, std::move(sources.domains), clock_,
             [this](std::shared_ptr<const HostWitness> witness) { note_witness(std::move(witness)); }) {}

Observatory::State::~State() {
    if (composing_) {
        composing_->stop();
    }
    for (const auto& reading : health_readings_) {
        reading->stop();
    }
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    changed_.notify_all();
}

void Observatory::State::start() {
    Evidence nothing;
    nothing.database_error = "not read yet";
    store_.publish(std::make_shared<const Snapshot>(composer_.compose(std::move(nothing), clock_())));
    const Pace pace{plan_.database_interval, plan_.database_interval / readings_per_interval,
                    rest_per_reading};
    reading_.emplace(pace, [this] { read_database(); });
    for (const auto& source : health_) {
        health_readings_.push_back(
            std::make_unique<RepeatingTask>(health_glance, [this, &source] { read_health(*source); }));
    }
    composing_.emplace(Duration{0}, [this] { compose(); });
}

void Observatory::State::read_database() {
    auto reading = records_->read(clock_());
    if (reading) {
        hosts_.follow(reading->records);
    }
    {
        const std::lock_guard lock{mutex_};
        note_reading(evidence_, std::move(reading));
        std::erase_if(evidence_.witnesses,
                      [this](const auto& item) { return !hosts_.follows(item.first, item.second->uri); });
    }
    note_change();
}

void Observatory::State::read_health(HealthSource& source) {
    auto notes = source.read_due(clock_());
    if (notes.empty()) {
        return;
    }
    {
        const std::lock_guard lock{mutex_};
        for (auto& note : notes) {
            note_health(evidence_, std::move(note));
        }
    }
    note_change();
}

void Observatory::State::note_witness(std::shared_ptr<const HostWitness> witness) {
    {
        const std::lock_guard lock{mutex_};
        // The last word of a poller that was replaced while it asked comes too late.
        if (!hosts_.follows(witness->host, witness->uri)) {
            return;
        }
        const auto host = witness->host;
        evidence_.witnesses[host] = std::move(witness);
    }
    note_change();
}

void Observatory::State::note_change() {
    const std::lock_guard lock{mutex_};
    has_changed_ = true;
    changed_.notify_all();
}

void Observatory::State::compose() {
    Evidence evidence;
    std::shared_ptr<const Snapshot> former;
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return has_changed_ || stopping_; });
        if (stopping_) {
            return;
        }
        has_changed_ = false;
        evidence = evidence_;
        former = former_;
    }
    if (former) {
        composer_.continue_from(*former, clock_());
    }
    const auto began = std::chrono::steady_clock::now();
    const auto snapshot = std::make_shared<const Snapshot>(composer_.compose(std::move(evidence), clock_()));
    store_.publish(snapshot);
    look_again(*snapshot);
    if (former) {
        const std::lock_guard lock{mutex_};
        former_.reset();
        changed_.notify_all();
    }
    pause_after(std::chrono::steady_clock::now() - began);
}

void Observatory::State::look_again(const Snapshot& snapshot) {
    std::set<HostId> hosts;
    bool records = false;
    for (const auto& judged : snapshot.judged) {
        hosts.insert(judged.verdict.awaited.begin(), judged.verdict.awaited.end());
        records = records || judged.verdict.awaits_record;
    }
    hosts_.nudge(hosts);
    if (records) {
        (void)reading_->nudge();
    }
}

void Observatory::State::continue_from(std::shared_ptr<const Snapshot> former) {
    constexpr std::chrono::seconds longest{30};  // a pause and a composition of a very large fleet
    std::unique_lock lock{mutex_};
    former_ = std::move(former);
    has_changed_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, longest, [this] { return !former_; });
}

void Observatory::State::pause_after(std::chrono::steady_clock::duration composition) {
    using Pause = std::chrono::steady_clock::duration;
    // A drift counts as seen throughout only while looks are no further apart than the freshness.
    const auto longest = std::max<Pause>(least_pause, plan_.limits.freshness / 4);
    const auto pause = std::clamp<Pause>(pauses_per_composition * composition, least_pause, longest);
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, pause, [this] { return stopping_; });
}

Result<Reading> Observatory::State::read_vm(const std::string& vm_uuid) {
    const std::lock_guard lock{fresh_mutex_};
    return fresh_records_->read_vm(vm_uuid, clock_());
}

Result<Snapshot> Observatory::State::read_afresh(const std::string& vm_uuid) {
    const auto where = "cannot read VM " + vm_uuid + " afresh";
    const auto first = read_vm(vm_uuid);
    if (!first) {
        return failure(where, first.error());
    }
    const auto shared = store_.latest();
    Evidence known;
    note_reading(known, *first);
    known.witnesses = shared->witnesses;
    const auto before = compose_afresh(std::move(known), *shared, *shared, plan_.limits, clock_());
    Evidence evidence;
    evidence.witnesses = hosts_.ask_now(hosts_to_ask(first->records, shared->witnesses, plan_.limits.scope),
                                        first->records.clusters);
    // The first reading only tells whom to ask. Hosts may take seconds to answer, and CloudStack may start
    // the VM meanwhile on one that has answered already: records read after the last answer show that.
    auto reading = read_vm(vm_uuid);
    if (!reading) {
        return failure(where, reading.error());
    }
    note_reading(evidence, std::move(reading));
    return compose_afresh(std::move(evidence), *shared, before, plan_.limits, clock_());
}

Observatory::Observatory(ObservationPlan plan, Sources sources, Clock clock)
    : state_(std::make_unique<State>(std::move(plan), std::move(sources), std::move(clock))) {}

Observatory::~Observatory() = default;

void Observatory::start() {
    state_->start();
}

void Observatory::continue_from(std::shared_ptr<const Snapshot> former) {
    state_->continue_from(std::move(former));
}

std::shared_ptr<const Snapshot> Observatory::latest() const {
    return state_->store().latest();
}

std::shared_ptr<const Snapshot> Observatory::wait_for_newer(const std::shared_ptr<const Snapshot>& seen,
                                                            Duration limit) const {
    return state_->store().wait_for_newer(seen, limit);
}

Result<Snapshot> Observatory::read_afresh(const std::string& vm_uuid) {
    return state_->read_afresh(vm_uuid);
}

}  // namespace inventory::observer
