#include "tests/support/fake_cloud.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "inventory/model/fleet_view.hpp"

namespace test_support {

using namespace std::chrono_literals;
using controller::cloudstack::Accepted;
using controller::cloudstack::JobState;
using controller::cloudstack::JobStatus;
using controller::cloudstack::NotSent;
using controller::cloudstack::Refused;
using controller::cloudstack::Submission;
using controller::cloudstack::Unknown;
using inventory::failure;
using inventory::HostId;
using inventory::Result;
using inventory::Snapshot;
using inventory::Time;

FakeCloud::FakeCloud(inventory::Clock clock) : clock_(std::move(clock)) {
    vm_.id = {43};
    vm_.uuid = vm_uuid;
    vm_.instance_name = "i-2-43-VM";
    vm_.type = "User";
    vm_.state = inventory::VmState::running;
    vm_.power_state = inventory::PowerState::on;
    vm_.report_count = 3;
    vm_.report_time = clock_();
    vm_.created = clock_() - 24h;
    vm_.update_count = 7;
    vm_.host = HostId{1};
    vm_.last_host = HostId{1};
    vm_.power_host = HostId{1};
    vm_.zone = {1};
    domains_[0] = inventory::DomainState::running;
    drift_since_ = clock_();
}

void FakeCloud::destroy_domain() {
    const std::lock_guard lock(mutex_);
    std::ranges::fill(domains_, std::nullopt);
    vm_.power_state = inventory::PowerState::report_missing;
    vm_.report_count = 1;
}

void FakeCloud::run_domain_on(std::uint64_t host) {
    const std::lock_guard lock(mutex_);
    domains_.at(host - 1) = inventory::DomainState::running;
    note_life();
}

void FakeCloud::ha_starts_on(std::uint64_t host) {
    const std::lock_guard lock(mutex_);
    start_vm_on(host);
}

void FakeCloud::somebody_asks_for(const std::string& command) {
    const std::lock_guard lock(mutex_);
    (void)record_job(JobState::succeeded);
    jobs_.back().cause = command;
}

void FakeCloud::silence_host(std::uint64_t host) {
    const std::lock_guard lock(mutex_);
    silent_.at(host - 1) = true;
}

void FakeCloud::wake_host(std::uint64_t host) {
    const std::lock_guard lock(mutex_);
    silent_.at(host - 1) = false;
}

void FakeCloud::expunge() {
    const std::lock_guard lock(mutex_);
    expunged_ = true;
}

void FakeCloud::set_stop_behaviour(StopBehaviour behaviour) {
    const std::lock_guard lock(mutex_);
    behaviour_ = behaviour;
}

void FakeCloud::set_start_behaviour(StartBehaviour behaviour) {
    const std::lock_guard lock(mutex_);
    start_behaviour_ = behaviour;
}

void FakeCloud::finish_job() {
    const std::lock_guard lock(mutex_);
    stop_vm();
    jobs_.back().state = JobState::succeeded;
}

void FakeCloud::set_read_failure(bool fails) {
    const std::lock_guard lock(mutex_);
    read_fails_ = fails;
}

void FakeCloud::freeze_snapshot() {
    const std::lock_guard lock(mutex_);
    frozen_ = std::make_shared<const Snapshot>(compose());
}

void FakeCloud::set_drift_since(Time since) {
    const std::lock_guard lock(mutex_);
    drift_since_ = since;
}

void FakeCloud::set_ha(bool enabled) {
    const std::lock_guard lock(mutex_);
    vm_.ha_enabled = enabled;
}

int FakeCloud::starts_executed() const {
    const std::lock_guard lock(mutex_);
    return started_;
}

int FakeCloud::start_calls() const {
    const std::lock_guard lock(mutex_);
    return start_calls_;
}

int FakeCloud::most_alive() const {
    const std::lock_guard lock(mutex_);
    return most_alive_;
}

int FakeCloud::alive() const {
    const std::lock_guard lock(mutex_);
    return count_alive();
}

int FakeCloud::starts_over_life() const {
    const std::lock_guard lock(mutex_);
    return starts_over_life_;
}

int FakeCloud::stops_executed() const {
    const std::lock_guard lock(mutex_);
    return executed_;
}

int FakeCloud::stop_calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

int FakeCloud::job_questions() const {
    const std::lock_guard lock(mutex_);
    return questions_;
}

inventory::VmState FakeCloud::recorded() const {
    const std::lock_guard lock(mutex_);
    return vm_.state;
}

std::shared_ptr<const Snapshot> FakeCloud::latest() const {
    const std::lock_guard lock(mutex_);
    return frozen_ ? frozen_ : std::make_shared<const Snapshot>(compose());
}

Result<Snapshot> FakeCloud::read_afresh(const std::string& /*uuid*/) {
    const std::lock_guard lock(mutex_);
    if (read_fails_) {
        return failure("the database does not answer", true);
    }
    return compose();
}

Result<std::optional<controller::loop::FoundJob>> FakeCloud::find_job(const std::string& /*uuid*/,
                                                                      controller::Command command,
                                                                      Time since) {
    const std::lock_guard lock(mutex_);
    if (read_fails_) {
        return failure("the database does not answer", true);
    }
    const auto job = std::ranges::find_if(jobs_.rbegin(), jobs_.rend(), [command](const Job& one) {
        return one.command == command && one.cause.empty();
    });
    if (expunged_ || job == jobs_.rend() || job->created < since) {
        return std::nullopt;
    }
    return controller::loop::FoundJob{.job_id = job->id};
}

Result<inventory::VmPast> FakeCloud::read_past(inventory::VmId /*vm*/) {
    const std::lock_guard lock(mutex_);
    if (read_fails_) {
        return failure("the database does not answer", true);
    }
    inventory::VmPast past;
    for (const auto& job : jobs_) {
        const auto* own = job.command == controller::Command::stop_vm ? "StopVMCmd" : "StartVMCmd";
        past.requests.push_back({job.id, job.cause.empty() ? own : job.cause, 2, job.created});
    }
    return past;
}

Submission FakeCloud::start_virtual_machine(const std::string& /*uuid*/, Time expires_at) {
    const std::lock_guard lock(mutex_);
    ++start_calls_;
    if (clock_() >= expires_at) {
        return Refused{.error_code = 401, .text = "the request has expired"};
    }
    switch (start_behaviour_) {
        case StartBehaviour::refused:
            return Refused{.error_code = 533, .text = "not enough capacity"};
        case StartBehaviour::fails_unexpectedly:
            (void)record_start();
            return Refused{.error_code = 530, .text = "internal error"};
        case StartBehaviour::not_sent:
            return NotSent{"connection refused"};
        case StartBehaviour::lost_before:
            return Unknown{"the connection was lost"};
        case StartBehaviour::lost_after:
            (void)record_start();
            return Unknown{"no answer within 10s"};
        case StartBehaviour::job_fails:
            return Accepted{record_job(JobState::failed, controller::Command::start_vm)};
        case StartBehaviour::only_says_success:
            return Accepted{record_job(JobState::succeeded, controller::Command::start_vm)};
        case StartBehaviour::works:
            return Accepted{record_start()};
    }
    return Unknown{"a behaviour that this fake does not know"};
}

Submission FakeCloud::stop_virtual_machine(const std::string& /*uuid*/, bool /*forced*/, Time expires_at) {
    const std::lock_guard lock(mutex_);
    ++calls_;
    if (clock_() >= expires_at) {
        return Refused{.error_code = 401, .text = "the request has expired"};
    }
    switch (behaviour_) {
        case StopBehaviour::refused:
            return Refused{.error_code = 531, .text = "not permitted"};
        case StopBehaviour::fails_unexpectedly:
            (void)record_stop();
            return Refused{.error_code = 530, .text = "internal error"};
        case StopBehaviour::fails_in_a_proxy:
            (void)record_stop();
            return Refused{.error_code = 504, .text = "the upstream gave no answer"};
        case StopBehaviour::not_sent:
            return NotSent{"connection refused"};
        case StopBehaviour::lost_before:
            return Unknown{"the connection was lost"};
        case StopBehaviour::lost_after:
            (void)record_stop();
            return Unknown{"no answer within 10s"};
        case StopBehaviour::job_fails:
            return Accepted{record_job(JobState::failed)};
        case StopBehaviour::job_goes_on:
            return Accepted{record_job(JobState::pending)};
        case StopBehaviour::only_says_success:
            return Accepted{record_job(JobState::succeeded)};
        case StopBehaviour::works:
            return Accepted{record_stop()};
    }
    return Unknown{"a behaviour that this fake does not know"};
}

Result<JobStatus> FakeCloud::job_status(const std::string& job_id, Time /*expires_at*/) {
    const std::lock_guard lock(mutex_);
    ++questions_;
    const auto job = std::ranges::find(jobs_, job_id, &Job::id);
    if (job == jobs_.end()) {
        return failure("CloudStack knows no job " + job_id);
    }
    const bool failed = job->state == JobState::failed;
    return JobStatus{.state = job->state,
                     .result_code = failed ? 530 : 0,
                     .text = failed ? "the agent is unreachable" : ""};
}

std::string FakeCloud::record_job(JobState state, controller::Command command) {
    jobs_.push_back({.id = "job-" + std::to_string(jobs_.size() + 1),
                     .command = command,
                     .created = clock_(),
                     .state = state});
    return jobs_.back().id;
}

std::string FakeCloud::record_stop() {
    stop_vm();
    return record_job(JobState::succeeded);
}

std::string FakeCloud::record_start() {
    ++started_;
    starts_over_life_ += count_alive() > 0 ? 1 : 0;
    start_vm_on(1);
    return record_job(JobState::succeeded, controller::Command::start_vm);
}

/// CloudStack itself does not ask whether it lives elsewhere (reference 7.5).
void FakeCloud::start_vm_on(std::uint64_t host) {
    domains_.at(host - 1) = inventory::DomainState::running;
    note_life();
    vm_.state = inventory::VmState::running;
    vm_.power_state = inventory::PowerState::on;
    vm_.update_count += 2;
    vm_.host = HostId{host};
    vm_.last_host = vm_.host;
    drift_since_ = clock_();
}

void FakeCloud::note_life() {
    most_alive_ = std::max(most_alive_, count_alive());
}

int FakeCloud::count_alive() const {
    return static_cast<int>(std::ranges::count_if(
        domains_, [](const auto& domain) { return domain && inventory::may_be_alive(*domain); }));
}

void FakeCloud::stop_vm() {
    ++executed_;
    std::ranges::fill(domains_, std::nullopt);
    vm_.state = inventory::VmState::stopped;
    vm_.power_state = inventory::PowerState::off;
    vm_.update_count += 2;
    vm_.host = std::nullopt;
    drift_since_ = clock_();
}

std::shared_ptr<const inventory::HostWitness> FakeCloud::witness(std::uint64_t host) const {
    auto seen = std::make_shared<inventory::HostWitness>();
    seen->host = {host};
    seen->up = !silent_[host - 1];
    seen->error = seen->up ? "" : "no answer within 5s";
    seen->asked_at = clock_();
    seen->answered_at = clock_();
    if (domains_[host - 1]) {
        seen->domains = {{.name = vm_.instance_name, .uuid = vm_.uuid, .state = *domains_[host - 1]}};
    }
    return seen;
}

Snapshot FakeCloud::compose() const {
    const auto now = clock_();
    auto records = std::make_shared<inventory::CloudRecords>();
    records->read_at = now;
    records->vms = {vm_};
    records->zones[{1}] = "zone";
    records->clusters[{1}] = "cluster";
    records->ping_interval = 60s;
    records->management_servers = {{.msid = 1, .name = "ms1", .state = "Up", .last_update = now}};
    records->vm_jobs.emplace();
    records->ha_work.emplace();
    records->vm_tags.emplace();
    Snapshot snapshot;
    for (std::uint64_t id = 1; id <= 3; ++id) {
        inventory::HostRecord host;
        host.id = {id};
        host.name = "h" + std::to_string(id);
        host.status = "Up";
        host.cluster = inventory::ClusterId{1};
        host.zone = {1};
        host.management_server = 1;
        records->hosts.push_back(host);
        snapshot.witnesses.emplace(HostId{id}, witness(id));
    }
    snapshot.composed_at = now;
    snapshot.database_up = true;
    const inventory::DomainIndex index(snapshot.witnesses, now, 30s);
    const inventory::FleetView fleet(*records, index, {}, now);
    snapshot.judged = {{.verdict = fleet.judge_vm(vm_, {}), .since = drift_since_}};
    if (expunged_) {
        records->vms.clear();
        snapshot.judged.clear();
    }
    snapshot.records = std::move(records);
    return snapshot;
}

}  // namespace test_support
