#pragma once

#include <set>
#include <string>

#include "inventory/model/snapshot.hpp"

namespace exporter {

/// Says in the log when a reading of the database begins to fail, and when it succeeds again: one line each,
/// however often it is tried in between. Not thread-safe.
class CollectorLog {
public:
    void note(const inventory::Snapshot& snapshot);

private:
    std::set<std::string> failing_;
};

}  // namespace exporter
