#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "inventory/model/fleet_view.hpp"

/// Small clouds for tests: everything is healthy until a test says otherwise.
namespace support {

inline const inventory::Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} +
                                 std::chrono::hours{9}};

constexpr inventory::HostId host_id(std::uint64_t value) {
    return inventory::HostId{value};
}

/// kvm<number> with id <number>, Up, in cluster 1 of zone 1, its agent owned by management server 7.
inline inventory::HostRecord a_host(std::uint64_t number, std::uint64_t cluster = 1) {
    inventory::HostRecord host;
    host.id = host_id(number);
    host.uuid = "host-uuid-" + std::to_string(number);
    host.name = "kvm" + std::to_string(number);
    host.status = "Up";
    host.resource_state = "Enabled";
    host.private_ip = "10.0.0." + std::to_string(number);
    host.cluster = inventory::ClusterId{cluster};
    host.zone = inventory::ZoneId{1};
    host.management_server = 7;
    return host;
}

/// Running on its host, reported on by it three times; created a day ago.
inline inventory::VmRecord a_vm(std::uint64_t number = 10, std::uint64_t host = 1) {
    inventory::VmRecord vm;
    vm.id = inventory::VmId{number};
    vm.uuid = "7f1c0000-0000-4000-8000-" + std::to_string(100000000000 + number);
    vm.instance_name = "i-2-" + std::to_string(number) + "-VM";
    vm.type = "User";
    vm.state = inventory::VmState::running;
    vm.power_state = inventory::PowerState::on;
    vm.report_count = 3;
    vm.report_time = now - std::chrono::hours{20};
    vm.update_time = now - std::chrono::hours{21};
    vm.created = now - std::chrono::hours{24};
    vm.update_count = 4;
    vm.host = host_id(host);
    vm.last_host = host_id(host);
    vm.power_host = host_id(host);
    vm.zone = inventory::ZoneId{1};
    return vm;
}

/// The same VM as CloudStack records it after a stop.
inline inventory::VmRecord a_stopped_vm(std::uint64_t number = 10, std::uint64_t host = 1) {
    auto vm = a_vm(number, host);
    vm.state = inventory::VmState::stopped;
    vm.power_state = inventory::PowerState::off;
    vm.report_count = 1;
    vm.host.reset();
    return vm;
}

inline inventory::ManagementServer a_manager() {
    return {7, "ms1", "Up", now - std::chrono::seconds{1}};
}

/// Records read two seconds ago, without VMs; three hosts of one cluster.
inline inventory::CloudRecords a_cloud() {
    inventory::CloudRecords records;
    records.read_at = now - std::chrono::seconds{2};
    records.hosts = {a_host(1), a_host(2), a_host(3)};
    records.zones = {{inventory::ZoneId{1}, "zone1"}};
    records.clusters = {{inventory::ClusterId{1}, "cluster1"}};
    records.ping_interval = std::chrono::seconds{60};
    records.management_servers = {a_manager()};
    records.vm_jobs.emplace();
    records.ha_work.emplace();
    return records;
}

/// A host that was asked a second ago and has these domains.
inline inventory::HostWitness a_witness(inventory::HostId host, std::vector<inventory::Domain> domains = {}) {
    inventory::HostWitness witness;
    witness.host = host;
    witness.uri = "qemu+tls://kvm/system";
    witness.up = true;
    witness.asked_at = now - std::chrono::seconds{1};
    witness.answered_at = now;
    witness.domains = std::move(domains);
    return witness;
}

/// The domain that CloudStack starts for a VM.
inline inventory::Domain domain_of(const inventory::VmRecord& vm,
                                   inventory::DomainState state = inventory::DomainState::running) {
    return {vm.instance_name, vm.uuid, state};
}

/// One VM in a small cloud, and what each host says of it.
struct Scene {
    inventory::VmRecord vm = a_vm();
    inventory::CloudRecords records = a_cloud();
    std::map<inventory::HostId, inventory::HostWitness> answers;
    inventory::JudgementLimits limits;
    inventory::Time pictured_since;  ///< long ago

    /// Every host answers, and none has a domain.
    Scene() {
        for (const auto& host : records.hosts) {
            answers[host.id] = a_witness(host.id);
        }
    }

    void show(std::uint64_t host, inventory::DomainState state = inventory::DomainState::running) {
        answers[host_id(host)].domains.push_back(domain_of(vm, state));
    }

    /// The host keeps what it said last.
    void silence(std::uint64_t host) {
        answers[host_id(host)].up = false;
        answers[host_id(host)].error = "no answer within 5s";
    }

    void start_job() { records.vm_jobs->push_back({vm.id, "VmWorkReboot", now - std::chrono::seconds{3}}); }

    [[nodiscard]] inventory::Witnesses witnesses() const {
        inventory::Witnesses all;
        for (const auto& [host, answer] : answers) {
            all[host] = std::make_shared<const inventory::HostWitness>(answer);
        }
        return all;
    }

    [[nodiscard]] inventory::Verdict judge(inventory::Time at = now) const {
        const auto all = witnesses();
        const inventory::DomainIndex index{all, at, limits.freshness};
        return inventory::FleetView{records, index, limits, at}.judge_vm(vm, pictured_since);
    }
};

}  // namespace support
