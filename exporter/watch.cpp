#include "exporter/watch.hpp"

#include <algorithm>
#include <chrono>

#include "exporter/readiness.hpp"
#include "exporter/readings.hpp"
#include "inventory/libvirt/worker_client.hpp"
#include "inventory/mariadb/record_source.hpp"
#include "inventory/support/descriptors.hpp"

namespace exporter {
namespace {

using inventory::Duration;
using inventory::Snapshot;
using StopClock = std::chrono::steady_clock;

}  // namespace

bool has_database_failed(const inventory::Snapshot& snapshot) {
    // The reading of VMs is reported from the first time on that records were asked for.
    return !snapshot.records &&
           std::ranges::count(snapshot.collectors, "vms", &inventory::CollectorReport::collector) > 0;
}

/// Connecting and the two readings that are needed (VMs and hosts) have a deadline each, then all hosts are
/// asked at the same time; the rest is for starting their workers. What they disagree on is looked at twice.
Duration longest_look(const service::CloudConfig& cloud) {
    constexpr Duration for_starting = std::chrono::seconds{5};
    return 2 * (4 * cloud.database.timeout + cloud.plan.libvirt_timeout) + for_starting;
}

std::unique_ptr<inventory::observer::Observatory> watch(const ExporterConfig& config) {
    using inventory::mariadb::HealthSource;
    using inventory::mariadb::RecordSource;
    inventory::allow_many_descriptors();
    const auto& cloud = config.cloud;
    const auto& checks = config.checks;
    inventory::observer::Sources sources;
    sources.records = std::make_unique<RecordSource>(cloud.database, cloud.zones);
    sources.fresh_records = std::make_unique<RecordSource>(cloud.database, cloud.zones);
    sources.domains = [](const std::string& uri) {
        return std::make_unique<inventory::libvirt::WorkerClient>(uri);
    };
    sources.health.push_back(std::make_unique<HealthSource>(
        cloud.database, needed(inventory::mariadb::quick_collectors(checks), config.page)));
    auto patient = cloud.database;
    patient.timeout = checks.scan_timeout;
    sources.health.push_back(std::make_unique<HealthSource>(
        std::move(patient), needed(inventory::mariadb::scanning_collectors(checks), config.page)));
    return std::make_unique<inventory::observer::Observatory>(cloud.plan, std::move(sources),
                                                              inventory::system_now);
}

std::shared_ptr<const Snapshot> look_once(inventory::observer::Observatory& observatory,
                                          const service::CloudConfig& cloud) {
    const auto deadline = StopClock::now() + longest_look(cloud);
    observatory.start();
    auto snapshot = observatory.latest();
    const auto is_unfinished = [](const Snapshot& seen) {
        return !has_database_failed(seen) && (!has_heard_all(seen) || awaits_another_look(seen));
    };
    while (is_unfinished(*snapshot)) {
        const auto left = std::chrono::duration_cast<Duration>(deadline - StopClock::now());
        if (left <= Duration::zero()) {
            break;
        }
        snapshot = observatory.wait_for_newer(snapshot, left);
    }
    return snapshot;
}

}  // namespace exporter
