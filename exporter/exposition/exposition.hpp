#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "exporter/exposition/family.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter {

struct FamilySize {
    const Family* family = nullptr;
    std::size_t series = 0;
};

/// A snapshot as text, and how many series each family has in it.
struct Exposition {
    std::string text;
    std::vector<FamilySize> sizes;  ///< in the order of the page, families without samples included

    [[nodiscard]] std::size_t series() const;
};

/// Renders the families in their order, each as one contiguous block. `expected_size` bytes are reserved: the
/// size of the page before is a good guess.
Exposition render(std::span<const Family* const> families, const inventory::Snapshot& snapshot,
                  std::size_t expected_size = 0);

}  // namespace exporter
