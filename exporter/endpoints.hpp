#pragma once

#include "exporter/page.hpp"
#include "inventory/support/time.hpp"
#include "service/web_server.hpp"

namespace exporter {

/// What the endpoints serve; outlives the server.
struct Endpoints {
    const PageKeeper& pages;
    double config_hash = 0;
    inventory::Clock clock;
};

/// Registers /metrics, /, /-/healthy and /-/ready. No handler does more than to complete the cached page.
void add_endpoints(service::WebServer& server, const Endpoints& endpoints);

}  // namespace exporter
