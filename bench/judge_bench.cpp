// How long one step of the control loop judges when many actions wait in a large cloud, and how long it would
// if each action had the snapshot arranged for itself. Usage: judge_bench [VMS [ACTIONS]]

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <string>

#include "controller/loop/judgement.hpp"
#include "inventory/observer/composer.hpp"
#include "tests/support/builders.hpp"

namespace {

using controller::Action;
using controller::loop::CloudIndex;
using inventory::Snapshot;
using SteadyClock = std::chrono::steady_clock;
using support::now;

constexpr std::uint64_t vms_per_host = 100;
constexpr std::uint64_t hosts_per_cluster = 16;
constexpr int samples = 5;  // of what would take minutes

/// A cloud in which the first VMs died unseen.
std::shared_ptr<const Snapshot> a_fleet(std::uint64_t vms, std::uint64_t dead) {
    auto records = std::make_shared<inventory::CloudRecords>(support::a_cloud());
    records->hosts.clear();
    inventory::observer::Evidence evidence;
    for (std::uint64_t host = 1; host <= vms / vms_per_host; ++host) {
        records->hosts.push_back(support::a_host(host, 1 + host / hosts_per_cluster));
        auto witness = support::a_witness(support::host_id(host));
        for (std::uint64_t i = 0; i < vms_per_host; ++i) {
            const auto number = (host - 1) * vms_per_host + i;
            records->vms.push_back(support::a_vm(number, host));
            if (number >= dead) {
                witness.domains.push_back(support::domain_of(records->vms.back()));
            }
        }
        evidence.witnesses[witness.host] = std::make_shared<const inventory::HostWitness>(std::move(witness));
    }
    evidence.records = std::move(records);
    evidence.database_up = true;
    return std::make_shared<const Snapshot>(
        inventory::observer::Composer{{}}.compose(std::move(evidence), now));
}

double milliseconds(const std::function<void()>& work) {
    const auto began = SteadyClock::now();
    work();
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count();
}

Action action_on(std::uint64_t vm) {
    Action action;
    action.id = vm + 1;
    action.vm_uuid = support::a_vm(vm).uuid;
    return action;
}

void judge(std::uint64_t vm, const CloudIndex& cloud) {
    const auto world = controller::loop::gather(action_on(vm).vm_uuid, cloud, {}, {});
    if (!world.verdict || world.candidates.empty()) {
        std::cerr << "VM " << vm << " was not found\n";
        std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t vms = argc > 1 ? std::stoull(argv[1]) : 100'000;
    const std::uint64_t actions = argc > 2 ? std::stoull(argv[2]) : 1'000;
    const auto snapshot = a_fleet(vms, actions);
    const auto step = milliseconds([&] {
        const CloudIndex cloud(snapshot, {}, now);
        for (std::uint64_t vm = 0; vm < actions; ++vm) {
            judge(vm, cloud);
        }
    });
    const auto apart = milliseconds([&] {
        for (std::uint64_t vm = 0; vm < samples; ++vm) {
            judge(vm, CloudIndex(snapshot, {}, now));
        }
    });
    const auto extrapolated = apart / samples * static_cast<double>(actions);
    std::cout << std::fixed << std::setprecision(1) << actions << " actions in a cloud of " << vms
              << " VMs: " << step << " ms with one index per step, " << extrapolated
              << " ms with one per action (from " << samples << "), " << extrapolated / step
              << " times as long\n";
    return 0;
}
