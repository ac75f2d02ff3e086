#include "tests/support/snapshot_builder.hpp"

#include <memory>
#include <utility>

namespace support {

using inventory::ClusterId;
using inventory::HostId;
using inventory::VmId;
using inventory::ZoneId;

inventory::VmRecord a_vm(std::uint64_t id) {
    inventory::VmRecord vm;
    vm.id = VmId{id};
    vm.uuid = "vm-uuid-" + std::to_string(id);
    vm.instance_name = "i-2-" + std::to_string(id) + "-VM";
    vm.type = "User";
    vm.account = "ops";
    vm.domain_path = "/";
    vm.state = inventory::VmState::running;
    vm.power_state = inventory::PowerState::on;
    vm.report_count = 3;
    vm.report_time = read_at - std::chrono::seconds{10};
    vm.created = read_at - std::chrono::hours{24};
    vm.host = HostId{1};
    vm.power_host = HostId{1};
    vm.zone = ZoneId{1};
    return vm;
}

inventory::HostRecord a_host(std::uint64_t id) {
    inventory::HostRecord host;
    host.id = HostId{id};
    host.uuid = "host-uuid-" + std::to_string(id);
    host.name = "kvm" + std::to_string(id);
    host.status = "Up";
    host.resource_state = "Enabled";
    host.private_ip = "10.0.0." + std::to_string(id);
    host.cluster = ClusterId{1};
    host.zone = ZoneId{1};
    return host;
}

inventory::HostWitness an_answer(std::uint64_t host, std::vector<inventory::Domain> domains) {
    inventory::HostWitness witness;
    witness.host = HostId{host};
    witness.uri = "qemu+tls://10.0.0." + std::to_string(host) + "/system";
    witness.up = true;
    witness.asked_at = read_at - std::chrono::seconds{2};
    witness.answered_at = read_at - std::chrono::seconds{1};
    witness.domains = std::move(domains);
    return witness;
}

inventory::HostWitness a_silence(std::uint64_t host) {
    inventory::HostWitness witness;
    witness.host = HostId{host};
    witness.uri = "qemu+tls://10.0.0." + std::to_string(host) + "/system";
    witness.error = "no answer within 5s";
    return witness;
}

inventory::Verdict agreement() {
    return verdict(inventory::DriftKind::none, inventory::HypervisorState::running);
}

inventory::Verdict verdict(inventory::DriftKind kind, inventory::HypervisorState shown) {
    inventory::Verdict verdict;
    verdict.kind = kind;
    verdict.shown = shown;
    return verdict;
}

SnapshotBuilder::SnapshotBuilder() {
    records_.read_at = read_at;
    records_.zones[ZoneId{1}] = "north";
    records_.clusters[ClusterId{1}] = "pod-a";
    snapshot_.composed_at = read_at;
    snapshot_.database_up = true;
}

SnapshotBuilder& SnapshotBuilder::vm(inventory::VmRecord record, inventory::Verdict verdict,
                                     inventory::Time since) {
    records_.vms.push_back(std::move(record));
    snapshot_.judged.push_back({std::move(verdict), since});
    return *this;
}

SnapshotBuilder& SnapshotBuilder::host(inventory::HostRecord record) {
    records_.hosts.push_back(std::move(record));
    return *this;
}

SnapshotBuilder& SnapshotBuilder::witness(inventory::HostWitness witness) {
    const auto host = witness.host;
    snapshot_.witnesses[host] = std::make_shared<const inventory::HostWitness>(std::move(witness));
    return *this;
}

SnapshotBuilder& SnapshotBuilder::collector(inventory::CollectorReport report) {
    snapshot_.collectors.push_back(std::move(report));
    return *this;
}

SnapshotBuilder& SnapshotBuilder::database_down(std::string error) {
    snapshot_.database_up = false;
    snapshot_.database_error = std::move(error);
    return *this;
}

inventory::Snapshot SnapshotBuilder::build() const {
    auto snapshot = snapshot_;
    snapshot.records = std::make_shared<const inventory::CloudRecords>(records_);
    return snapshot;
}

inventory::Snapshot SnapshotBuilder::nothing() {
    inventory::Snapshot snapshot;
    snapshot.composed_at = read_at;
    return snapshot;
}

}  // namespace support
