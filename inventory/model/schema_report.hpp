#pragma once

#include <string>
#include <vector>

namespace inventory {

/// Something that Warden can tell only where the database has the columns for it and lets us read them.
struct Feature {
    std::string name;     ///< vms, host_ha, mac_sequences, ...
    std::string missing;  ///< what is not there or not granted, and the remedy; empty while all is well

    bool operator==(const Feature&) const = default;

    [[nodiscard]] bool is_available() const { return missing.empty(); }
};

/// Every feature, available or not (reference 3: the schemas of 4.18 to 4.22 differ).
struct SchemaReport {
    std::vector<Feature> features;

    bool operator==(const SchemaReport&) const = default;
};

}  // namespace inventory
