#include "inventory/mariadb/record_source.hpp"

#include <chrono>
#include <functional>
#include <utility>

#include "inventory/mariadb/queries.hpp"
#include "inventory/mariadb/zones.hpp"

namespace inventory::mariadb {
namespace {

using observer::Reading;
using SteadyClock = std::chrono::steady_clock;

/// One collector: reads its part of the records.
struct Collector {
    std::string_view name;
    bool is_needed;  ///< without it there is no reading
    std::function<Status(Connection&, CloudRecords&)> read;
};

/// A collector that fills one member of the records with what one query gives.
template <class Member, class Query>
std::function<Status(Connection&, CloudRecords&)> into(Member CloudRecords::*member, Query query) {
    return [member, query](Connection& connection, CloudRecords& records) -> Status {
        auto value = query(connection);
        if (!value) {
            return tl::unexpected(std::move(value.error()));
        }
        records.*member = std::move(*value);
        return {};
    };
}

Status read_hosts_and_names(Connection& connection, CloudRecords& records, const ZoneNames& zones) {
    const auto read = [&zones](Connection& session) { return read_hosts(session, zones); };
    return into(&CloudRecords::hosts, read)(connection, records)
        .and_then([&] { return into(&CloudRecords::zones, read_zone_names)(connection, records); })
        .and_then([&] { return into(&CloudRecords::clusters, read_cluster_names)(connection, records); });
}

/// A host of which nothing is said keeps nothing.
template <class Value>
void give_each(std::vector<HostRecord>& hosts, std::optional<Value> HostRecord::*member,
               const std::map<HostId, Value>& values) {
    for (auto& host : hosts) {
        if (const auto value = values.find(host.id); value != values.end()) {
            host.*member = value->second;
        }
    }
}

/// A collector that gives every host what one query says of it.
template <class Value, class Query>
std::function<Status(Connection&, CloudRecords&)> into_hosts(std::optional<Value> HostRecord::*member,
                                                             Query query) {
    return [member, query](Connection& connection, CloudRecords& records) -> Status {
        const auto values = query(connection);
        if (!values) {
            return tl::unexpected(values.error());
        }
        give_each(records.hosts, member, *values);
        return {};
    };
}

/// THE list of collectors (the zones outlive it), in the order of reading: VMs before the work on them, so
/// that a job which began while we read is seen rather than missed.
std::vector<Collector> all_collectors(std::function<Status(Connection&, CloudRecords&)> vms,
                                      const ZoneNames& zones) {
    const auto hosts = [&zones](Connection& connection, CloudRecords& records) {
        return read_hosts_and_names(connection, records, zones);
    };
    const auto check = [&zones](Connection&, CloudRecords& records) {
        return check_zones(zones, records.zones);
    };
    std::vector<Collector> collectors{
        {"vms", true, std::move(vms)},
        {"hosts", true, hosts},
        {"host_ha", false, into_hosts(&HostRecord::ha_state, read_host_ha_states)},
        {"oobm", false, into_hosts(&HostRecord::power, read_host_power)},
        {"management_servers", false, into(&CloudRecords::management_servers, read_management_servers)},
        {"jobs", false, into(&CloudRecords::vm_jobs, read_vm_jobs)},
        {"ha_work", false, into(&CloudRecords::ha_work, read_ha_work)},
        {"settings", false, into(&CloudRecords::ping_interval, read_ping_interval)},
        {"clock", false, into(&CloudRecords::time_zone_offset, read_time_zone_offset)},
        {"schema", false, into(&CloudRecords::schema_version, read_schema_version)},
    };
    if (!zones.empty()) {
        collectors.push_back({"zones", false, check});
    }
    return collectors;
}

/// Appended where a tag is asked for.
Collector tag_collector(
    std::function<Result<std::map<VmId, std::string>>(Connection&, const CloudRecords&)> query) {
    const auto read = [query = std::move(query)](Connection& connection, CloudRecords& records) -> Status {
        auto tags = query(connection, records);
        if (!tags) {
            return tl::unexpected(std::move(tags.error()));
        }
        records.vm_tags = std::move(*tags);
        return {};
    };
    return {"vm_tags", false, read};
}

/// One reading under way: runs collectors in turn and keeps their reports. Each statement has a limit of its
/// own; the budget keeps a server that is slow at every statement from costing all of them in a row.
class ReadingInProgress {
public:
    ReadingInProgress(Connection& connection, Duration budget, Time now)
        : connection_(connection), budget_(budget) {
        reading_.records.read_at = now;
    }

    Status run(const Collector& collector, std::map<std::string, Time>& last_success) {
        const auto began = SteadyClock::now();
        Status status;
        if (!collector.is_needed && began - began_ > budget_) {
            status = failure("not read: the database took too long over the collectors before", true);
        } else {
            status = collector.read(connection_, reading_.records);
        }
        CollectorReport report;
        report.collector = collector.name;
        report.success = status.has_value();
        report.error = status ? "" : status.error().message;
        report.took = std::chrono::duration_cast<Duration>(SteadyClock::now() - began);
        if (status) {
            last_success[report.collector] = reading_.records.read_at;
        }
        if (const auto last = last_success.find(report.collector); last != last_success.end()) {
            report.last_success = last->second;
        }
        reading_.collectors.push_back(std::move(report));
        return status;
    }

    Reading take() { return std::move(reading_); }

private:
    Connection& connection_;
    Duration budget_;
    SteadyClock::time_point began_ = SteadyClock::now();
    Reading reading_;
};

Result<Reading> read_all(const std::vector<Collector>& collectors, ReadingInProgress progress,
                         std::map<std::string, Time>& last_success) {
    for (const auto& collector : collectors) {
        auto status = progress.run(collector, last_success);
        if (!status && collector.is_needed) {
            return tl::unexpected(std::move(status.error()));
        }
    }
    return progress.take();
}

}  // namespace

RecordSource::RecordSource(Server server, std::vector<std::string> zones, std::string tag_key)
    : budget_(server.timeout),
      zones_(std::move(zones)),
      tag_key_(std::move(tag_key)),
      connection_(std::move(server), Access::read_only) {}

Result<Reading> RecordSource::read(Time now) {
    const auto read_those = [this](Connection& connection) { return read_vms(connection, zones_); };
    auto collectors = all_collectors(into(&CloudRecords::vms, read_those), zones_);
    if (!tag_key_.empty()) {
        collectors.push_back(tag_collector([this](Connection& connection, const CloudRecords&) {
            return read_vm_tags(connection, tag_key_);
        }));
    }
    return read_all(collectors, ReadingInProgress{connection_, budget_, now}, last_success_);
}

Result<Reading> RecordSource::read_vm(const std::string& uuid, Time now) {
    const auto read_one = [&uuid](Connection& connection) { return read_vms_like(connection, uuid); };
    auto collectors = all_collectors(into(&CloudRecords::vms, read_one), zones_);
    if (!tag_key_.empty()) {
        collectors.push_back(tag_collector([this](Connection& connection, const CloudRecords& records) {
            return read_tags_of(connection, tag_key_, records.vms);
        }));
    }
    return read_all(collectors, ReadingInProgress{connection_, budget_, now}, last_success_);
}

}  // namespace inventory::mariadb
