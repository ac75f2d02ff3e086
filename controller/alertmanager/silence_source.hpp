#pragma once

#include <memory>
#include <string>
#include <vector>

#include "controller/model/operators.hpp"
#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"
#include "inventory/support/time.hpp"

namespace controller::alertmanager {

/// Who tells the silences.
class SilenceSource {
public:
    virtual ~SilenceSource() = default;

    /// The active ones. Ends within a deadline of its own.
    virtual inventory::Result<std::vector<Silence>> read() = 0;
};

/// How to reach Alertmanager.
struct AlertmanagerEndpoint {
    std::string url;          ///< http or https, with the path prefix that it is served under, if any
    inventory::Secret token;  ///< sent as a bearer token; empty: none
    std::string ca_file;      ///< PEM, https only; empty: the system's authorities
    inventory::Duration timeout{std::chrono::seconds{5}};  ///< of one whole request
};

/// Asks GET <url>/api/v2/silences. Error: the URL is none.
inventory::Result<std::unique_ptr<SilenceSource>> make_silence_source(AlertmanagerEndpoint endpoint);

}  // namespace controller::alertmanager
