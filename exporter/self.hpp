#pragma once

#include <optional>
#include <string>

#include "exporter/config.hpp"
#include "exporter/page.hpp"
#include "inventory/support/time.hpp"

namespace exporter {

/// What the exporter says of itself anew at each scrape, as text to follow the page. `web_config_good`: see
/// service::WebServer::web_config_is_current(); nullopt where there is no such file.
std::string render_self(const Page& page, const ConfigFacts& config, std::optional<bool> web_config_good,
                        inventory::Time now);

}  // namespace exporter
