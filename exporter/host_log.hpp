#pragma once

#include <set>

#include "inventory/model/snapshot.hpp"

namespace exporter {

/// Says in the log when a host falls silent, and why, and when it answers again: one line each, however often
/// it is asked in between. Not thread-safe.
class HostLog {
public:
    void note(const inventory::Snapshot& snapshot);

private:
    std::set<inventory::HostId> silent_;
};

}  // namespace exporter
