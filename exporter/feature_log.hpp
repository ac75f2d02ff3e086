#pragma once

#include <map>
#include <string>

#include "inventory/model/snapshot.hpp"

namespace exporter {

/// Logs each feature that CloudStack's schema or our account's rights do not allow, once per change. One
/// thread at a time.
class FeatureLog {
public:
    void note(const inventory::Snapshot& snapshot);

private:
    std::map<std::string, std::string> missing_;  ///< feature -> what is missing, as logged
};

/// The features of a report that are missing, and why.
std::map<std::string, std::string> missing_features(const inventory::SchemaReport& report);

}  // namespace exporter
