#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "inventory/support/time.hpp"

namespace controller {

/// One alert of a webhook delivery. Labels are data, never parameters: only `alertname` and `vm_id` are read.
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

/// One webhook delivery of Alertmanager (version "4").
struct AlertBatch {
    std::vector<Alert> alerts;
    std::uint64_t truncated = 0;  ///< alerts that Alertmanager left out of the body
};

}  // namespace controller
