#pragma once

#include <map>
#include <string>

#include "inventory/support/time.hpp"

namespace controller {

/// One alert that asks for a remedy. Labels are data, never parameters: only `alertname` and `vm_id` are
/// read; the others are matched against silences.
struct Alert {
    bool firing = false;
    std::string fingerprint;
    inventory::Time starts_at;
    std::map<std::string, std::string> labels;

    bool operator==(const Alert&) const = default;

    [[nodiscard]] std::string label(const std::string& name) const {
        const auto found = labels.find(name);
        return found == labels.end() ? std::string{} : found->second;
    }
};

}  // namespace controller
