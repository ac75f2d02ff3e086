#pragma once

#include <string>
#include <vector>

#include "inventory/model/cloud_records.hpp"
#include "inventory/model/host_witness.hpp"
#include "inventory/model/snapshot.hpp"
#include "inventory/support/error.hpp"

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

/// Asks one host's libvirt for all of its domains. The call ends within the deadline, also when the host
/// freezes in the middle of it. One thread at a time.
class DomainSource {
public:
    virtual ~DomainSource() = default;

    virtual Result<std::vector<Domain>> domains(Duration deadline) = 0;
};

}  // namespace inventory::observer
