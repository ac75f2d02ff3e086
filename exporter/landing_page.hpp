#pragma once

#include <string>

#include "exporter/exposition/shard.hpp"
#include "exporter/page.hpp"
#include "inventory/support/time.hpp"

namespace exporter {

/// What a person sees who opens the exporter in a browser: what each source says, who is silent, what drifts,
/// how old everything is, and where it is served. Plain HTML without any script.
std::string landing_page(const Page& page, const std::string& metrics_path, inventory::Time now);

}  // namespace exporter
