#include "tests/support/fake_fleet.hpp"

#include <utility>

#include "inventory/model/fleet_view.hpp"
#include "tests/support/builders.hpp"

namespace test_support {

using namespace std::chrono_literals;
using controller::cloudstack::Submission;
using inventory::failure;
using inventory::Result;
using inventory::Snapshot;

namespace {

constexpr std::uint64_t hosts_per_cluster = 2;

}  // namespace

FakeFleet::FakeFleet(inventory::Clock clock, std::uint64_t hosts, std::uint64_t vms_per_host)
    : clock_(std::move(clock)), hosts_(hosts), vms_per_host_(vms_per_host) {}

std::string FakeFleet::uuid_of(std::uint64_t vm) {
    return support::a_vm(vm).uuid;
}

void FakeFleet::destroy(std::uint64_t vm) {
    const std::lock_guard lock(mutex_);
    destroyed_.insert(vm);
}

void FakeFleet::revive(std::uint64_t vm) {
    const std::lock_guard lock(mutex_);
    destroyed_.erase(vm);
}

std::uint64_t FakeFleet::stops() const {
    const std::lock_guard lock(mutex_);
    return stops_;
}

std::shared_ptr<const Snapshot> FakeFleet::latest() const {
    const std::lock_guard lock(mutex_);
    return std::make_shared<const Snapshot>(compose([](const std::string&) { return true; }));
}

Result<Snapshot> FakeFleet::read_afresh(const std::string& uuid) {
    on_read_afresh();
    const std::lock_guard lock(mutex_);
    return compose([&uuid](const std::string& other) { return other == uuid; });
}

Result<std::optional<controller::loop::FoundJob>> FakeFleet::find_job(const std::string& /*uuid*/,
                                                                      controller::Command /*command*/,
                                                                      inventory::Time /*since*/) {
    return std::nullopt;
}

Submission FakeFleet::stop_virtual_machine(const std::string& uuid, bool /*forced*/,
                                           inventory::Time /*expires_at*/) {
    on_stop();
    const std::lock_guard lock(mutex_);
    ++stops_;
    stopped_.insert(uuid);
    return controller::cloudstack::Accepted{""};
}

Submission FakeFleet::start_virtual_machine(const std::string& /*uuid*/, inventory::Time /*expires_at*/) {
    return controller::cloudstack::Refused{.error_code = 431, .text = "nothing is started here"};
}

Result<controller::cloudstack::JobStatus> FakeFleet::job_status(const std::string& job_id,
                                                                inventory::Time /*expires_at*/) {
    return failure("CloudStack knows no job " + job_id);
}

inventory::CloudRecords FakeFleet::records(const std::function<bool(const std::string&)>& wanted) const {
    auto records = support::a_cloud();
    records.read_at = clock_();
    records.management_servers->front().last_update = clock_();
    records.vm_tags.emplace();
    records.hosts.clear();
    for (std::uint64_t host = 1; host <= hosts_; ++host) {
        const auto cluster = 1 + (host - 1) / hosts_per_cluster;
        records.hosts.push_back(support::a_host(host, cluster));
        records.clusters[inventory::ClusterId{cluster}] = "cluster" + std::to_string(cluster);
    }
    for (std::uint64_t vm = 1; vm <= hosts_ * vms_per_host_; ++vm) {
        const auto host = 1 + (vm - 1) / vms_per_host_;
        if (wanted(uuid_of(vm))) {
            records.vms.push_back(stopped_.contains(uuid_of(vm)) ? support::a_stopped_vm(vm, host)
                                                                 : support::a_vm(vm, host));
        }
    }
    return records;
}

Snapshot FakeFleet::compose(const std::function<bool(const std::string&)>& wanted) const {
    const auto now = clock_();
    auto all = std::make_shared<inventory::CloudRecords>(records(wanted));
    std::map<inventory::HostId, inventory::HostWitness> answers;
    for (const auto& host : all->hosts) {
        answers[host.id] = support::a_witness(host.id);
        answers[host.id].asked_at = now;
        answers[host.id].answered_at = now;
    }
    for (const auto& vm : all->vms) {
        if (vm.host && !destroyed_.contains(vm.id.value)) {
            answers[*vm.host].domains.push_back(support::domain_of(vm));
        }
    }
    Snapshot snapshot;
    for (auto& [host, answer] : answers) {
        snapshot.witnesses[host] = std::make_shared<const inventory::HostWitness>(std::move(answer));
    }
    snapshot.composed_at = now;
    snapshot.database_up = true;
    const inventory::DomainIndex index(snapshot.witnesses, now, 30s);
    const inventory::FleetView fleet(*all, index, {}, now);
    for (const auto& vm : all->vms) {
        snapshot.judged.push_back({.verdict = fleet.judge_vm(vm, {}), .since = support::now - 1h});
    }
    snapshot.records = std::move(all);
    return snapshot;
}

}  // namespace test_support
