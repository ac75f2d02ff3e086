#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "inventory/support/time.hpp"

namespace exporter::families {

/// When the oldest of the rows was created; nullopt when there is none that says so.
template <class Row>
std::optional<inventory::Time> oldest_of(const std::vector<Row>& rows) {
    std::optional<inventory::Time> oldest;
    for (const auto& row : rows) {
        if (row.created) {
            oldest = std::min(oldest.value_or(*row.created), *row.created);
        }
    }
    return oldest;
}

}  // namespace exporter::families
