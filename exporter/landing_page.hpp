#pragma once

#include <string>

#include "exporter/page.hpp"
#include "inventory/support/time.hpp"

namespace exporter {

/// What a person sees who opens the exporter in a browser: how fresh the picture is, what it holds, where it
/// is served. Plain HTML without any script.
std::string landing_page(const Page& page, inventory::Time now);

}  // namespace exporter
