#pragma once

#include <string>

#include "exporter/lookout.hpp"
#include "inventory/support/time.hpp"
#include "service/web_server.hpp"

namespace exporter {

/// What the endpoints serve; outlives the server.
struct Endpoints {
    Lookout& lookout;
    std::string metrics_path;
    bool has_web_config = false;
    inventory::Clock clock;
};

/// Registers the metrics, /, /-/healthy, /-/ready, /-/reload, /debug/vm/{id} and /debug/locks. No handler
/// asks a witness: all of them show the page that is there.
void add_endpoints(service::WebServer& server, const Endpoints& endpoints);

}  // namespace exporter
