#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/snapshot_builder.hpp"

namespace support {

/// Snapshots for properties: a small cloud of which anything may be missing.
class RandomSnapshot {
public:
    explicit RandomSnapshot(std::uint64_t seed) : random_(seed) {}

    inventory::Snapshot make() {
        SnapshotBuilder builder;
        add_hosts(builder);
        add_vms(builder);
        add_settings(builder.records());
        add_networks(builder.health());
        add_moves(builder.health());
        auto snapshot = builder.build();
        snapshot.database_up = coin();
        if (coin()) {
            snapshot.collectors.push_back({"vms", coin(), "", {}, maybe(now)});
        }
        if (upto(9) == 0) {
            snapshot.records.reset();
            snapshot.judged.clear();
            snapshot.health = {};
        }
        return snapshot;
    }

private:
    std::uint64_t upto(std::uint64_t most) {
        return std::uniform_int_distribution<std::uint64_t>(0, most)(random_);
    }
    bool coin() { return upto(1) == 1; }
    template <class Value>
    std::optional<Value> maybe(Value value) {
        return coin() ? std::optional<Value>(value) : std::nullopt;
    }

    void add_hosts(SnapshotBuilder& builder) {
        const auto hosts = upto(4);
        for (std::uint64_t id = 1; id <= hosts; ++id) {
            auto host = a_host(id);
            host.ha_state = maybe(std::string("Available"));
            builder.host(host);
            if (coin()) {
                auto witness = coin() ? a_witness(host_id(id)) : a_silence(host_id(id));
                witness.domains.resize(upto(3), {"i-9-9-VM", "nobody", inventory::DomainState::running});
                builder.witness(witness);
            }
        }
    }

    void add_vms(SnapshotBuilder& builder) {
        const auto vms = upto(6);
        for (std::uint64_t id = 1; id <= vms; ++id) {
            auto vm = a_vm(id);
            vm.report_time = maybe(now);
            vm.report_count = maybe(3U);
            vm.host = maybe(host_id(upto(5)));
            auto judged =
                verdict(static_cast<inventory::DriftKind>(upto(7)), inventory::HypervisorState::unknown);
            judged.shown = static_cast<inventory::HypervisorState>(upto(6));
            judged.report = maybe(inventory::ReportStatus::fresh);
            builder.vm(vm, judged);
        }
    }

    void add_settings(inventory::CloudRecords& records) {
        records.ping_interval = maybe(std::chrono::seconds{60});
        records.time_zone_offset = maybe(std::chrono::seconds{0});
        records.schema_version = maybe(std::string("4.20.1.0"));
        records.vm_jobs = maybe(std::vector<inventory::VmJob>(upto(2)));
        records.ha_work = maybe(std::vector<inventory::HaWork>(upto(2)));
        records.management_servers =
            maybe(std::vector<inventory::ManagementServer>{{1, "ms1", "Up", maybe(now)}});
    }

    template <class Value>
    inventory::Finding<Value> maybe_found(Value value) {
        return coin() ? found(std::move(value)) : nullptr;
    }

    void add_networks(inventory::DatabaseHealth& health) {
        std::vector<inventory::MacSequence> sequences;
        inventory::MacAudit audit;
        const auto networks = upto(3);
        for (std::uint64_t id = 1; id <= networks; ++id) {
            sequences.push_back({a_network(id), maybe<std::uint64_t>(upto(70000))});
            audit.behind.push_back({a_network(id), 1});
        }
        health.mac_sequences = maybe_found(std::move(sequences));
        health.mac_audit = maybe_found(std::move(audit));
        health.id_sequences = maybe_found(
            std::vector<inventory::IdSequence>{{"networks_seq", maybe<std::uint64_t>(upto(2)), 1}});
    }

    void add_moves(inventory::DatabaseHealth& health) {
        inventory::Reassignments moves;
        const auto failed = upto(2);
        for (std::uint64_t id = 1; id <= failed; ++id) {
            moves.failed.push_back({a_named_vm(id), now, {coin(), false, false}});
        }
        health.reassignments = maybe_found(std::move(moves));
        health.split_owners = maybe_found(std::vector<inventory::NamedVm>(upto(1), a_named_vm(9)));
    }

    std::mt19937_64 random_;
};

/// How many random worlds a property is tried on; the environment may ask for more.
inline std::uint64_t property_runs() {
    constexpr std::uint64_t usual = 2000;
    const char* wanted = std::getenv("WARDEN_PROPERTY_RUNS");  // NOLINT(concurrency-mt-unsafe): one thread
    return wanted == nullptr ? usual : std::strtoull(wanted, nullptr, 10);
}

}  // namespace support
