#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "inventory/model/cloud_records.hpp"
#include "inventory/model/database_health.hpp"
#include "inventory/model/host_witness.hpp"
#include "inventory/model/snapshot.hpp"
#include "inventory/support/error.hpp"
#include "inventory/support/wakeup.hpp"

namespace inventory::observer {

/// One reading of CloudStack's database: the records, and how each of its queries went.
struct Reading {
    CloudRecords records;
    std::vector<CollectorReport> collectors;
};

/// Reads CloudStack's database. Each call ends within the deadline that the source was made with, and never
/// locks a row. An error means that VMs or hosts could not be read; a lesser query that failed is empty in
/// the records. One thread at a time.
class RecordSource {
public:
    virtual ~RecordSource() = default;

    /// Everything.
    virtual Result<Reading> read(Time now) = 0;

    /// The same, but of VMs only the rows that carry this uuid, or the instance name of the row that does:
    /// more than one row is an identity problem that a guard must see. No row is an empty list, not an error.
    virtual Result<Reading> read_vm(const std::string& uuid, Time now) = 0;
};

/// Asks one host's libvirt for all of its domains. Each call ends within its deadline, also when the host
/// freezes in the middle of it. One thread at a time.
class DomainSource {
public:
    virtual ~DomainSource() = default;

    virtual Result<std::vector<Domain>> domains(Duration deadline) = 0;

    /// Waits until the domains may have changed since they were asked for, `limit` is over or `wakeup` is
    /// signalled. That something may have changed is a reason to ask again, and evidence of nothing. A source
    /// that hears of no changes lets the time pass.
    virtual void wait_for_change(Duration limit, const Wakeup& wakeup) { wakeup.wait(limit); }
};

/// Makes the source that asks the libvirt of one host (its URI is already filled in).
using DomainSourceMaker = std::function<std::unique_ptr<DomainSource>(const std::string& uri)>;

/// How one reading beside the records went, and what it changes in what is known.
struct HealthNote {
    CollectorReport report;
    std::function<void(DatabaseHealth&)>
        change;  ///< sets the reading's finding, or clears it after a failure
};

/// Readings of the database beside the records, each with a tempo of its own, over one session. Each ends
/// within the source's deadline. One thread at a time.
class HealthSource {
public:
    virtual ~HealthSource() = default;

    /// Makes the readings that are due at `now`, the one after the other; none is an empty list.
    virtual std::vector<HealthNote> read_due(Time now) = 0;
};

/// Everything that an observatory asks.
struct Sources {
    std::unique_ptr<RecordSource> records;
    std::unique_ptr<RecordSource> fresh_records;  ///< for read_afresh() alone, over a session of its own
    DomainSourceMaker domains;
    std::vector<std::unique_ptr<HealthSource>> health;  ///< a thread each: a slow one holds up no other
};

}  // namespace inventory::observer
