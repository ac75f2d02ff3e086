#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "inventory/support/time.hpp"

namespace exporter {

/// What the exporter says of itself anew at each scrape.
struct SelfFacts {
    std::size_t series = 0;                          ///< of the page
    std::optional<inventory::Time> records_read_at;  ///< of the page; none before the first reading
    double config_hash = 0;
};

/// The families of `facts` as text, to follow the page.
std::string render_self(const SelfFacts& facts, inventory::Time now);

}  // namespace exporter
