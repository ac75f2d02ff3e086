#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/exposition/family.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter {

/// One family on the page: a slice of its text.
struct FamilyBlock {
    const Family* family = nullptr;
    std::size_t series = 0;
    std::size_t dropped = 0;  ///< series that the limits kept out
    std::size_t offset = 0;
    std::size_t length = 0;
};

/// A snapshot as text, and where each family stands in it.
struct Exposition {
    std::string text;
    std::vector<FamilyBlock> blocks;  ///< in the order of the page, families without samples included

    [[nodiscard]] std::size_t series() const;
    [[nodiscard]] std::string_view text_of(const FamilyBlock& block) const {
        return std::string_view{text}.substr(block.offset, block.length);
    }
};

/// The most series of a page, so that a fault in the cloud (or in us) cannot flood Prometheus. The defaults
/// have room for 100,000 VMs.
struct SeriesLimit {
    std::size_t family = 200'000;
    std::size_t total = 2'000'000;
};

/// What goes on a page.
struct PagePlan {
    std::vector<const Family*> families;  ///< in the order of importance: the total limit costs the last ones
    Shard shard = {};
    SeriesLimit limit = {};
};

/// Renders the families in their order, each as one contiguous block. `expected_size` bytes are reserved: the
/// size of the page before is a good guess.
Exposition render(const PagePlan& plan, const inventory::Snapshot& snapshot, std::size_t expected_size = 0);

}  // namespace exporter
