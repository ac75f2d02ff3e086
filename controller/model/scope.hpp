#pragma once

#include <optional>
#include <string>
#include <vector>

namespace controller {

/// Where the action's VM belongs, by the names that an operator knows; its account stands in its row. What
/// is unknown is nullopt.
struct ScopeFacts {
    std::optional<std::string> zone;
    std::optional<std::string> cluster;  ///< of the host that it is recorded on, else of its last one
    /// Values of the VM's resource tag with the opt-out key: none or one; nullopt when tags were not read.
    std::optional<std::vector<std::string>> opt_out_values;

    bool operator==(const ScopeFacts&) const = default;
};

}  // namespace controller
