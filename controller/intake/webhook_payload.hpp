#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/error.hpp"

namespace controller::intake {

/// One alert as it came over the wire, well-formed but not believed yet. Labels are data, never parameters:
/// only `alertname` and `vm_id` are read; all of them are kept, to be matched against silences.
struct DeliveredAlert {
    bool firing = false;
    std::string fingerprint;
    std::string starts_at;
    std::string alert_name;
    std::string vm_id;
    std::map<std::string, std::string> labels = {};  ///< all of them

    bool operator==(const DeliveredAlert&) const = default;
};

/// One webhook request of Alertmanager.
struct Delivery {
    std::vector<DeliveredAlert> alerts;
    std::uint64_t truncated = 0;  ///< alerts that Alertmanager left out of the body

    bool operator==(const Delivery&) const = default;
};

/// Reads the webhook format, version "4". Lenient to keys that it does not know, strict to the types of those
/// that it does; absent texts are empty. The error names the first field that is wrong.
inventory::Result<Delivery> parse_webhook(std::string_view body);

}  // namespace controller::intake
