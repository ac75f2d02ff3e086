#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "exporter/exposition/label.hpp"
#include "inventory/support/error.hpp"

namespace exporter {

/// One of several exporters that watch the same cloud and share its series: number `index`, from 1 on, of
/// `count`. What is about one VM, host or network belongs to the shard that its uuid hashes to; what is about
/// the whole cloud belongs to the first. So the shards together say everything exactly once.
struct Shard {
    std::uint64_t index = 1;
    std::uint64_t count = 1;

    bool operator==(const Shard&) const = default;

    [[nodiscard]] bool is_whole() const { return count == 1; }

    /// Whether a sample with these labels is this shard's.
    [[nodiscard]] bool holds(Labels labels) const;
};

/// "2/3".
inventory::Result<Shard> parse_shard(std::string_view text);
std::string to_text(const Shard& shard);

}  // namespace exporter
