#include "exporter/exposition/shard.hpp"

#include <algorithm>
#include <charconv>

namespace exporter {
namespace {

constexpr std::uint64_t most_shards = 1024;

/// FNV-1a, folded because its low bits alone are weak. All shards of a cloud must agree, across versions too:
/// it can never change.
std::uint64_t hash_of(std::string_view uuid) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char byte : uuid) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    }
    return hash ^ (hash >> 32U);
}

/// The labels that carry the uuid of what a sample is about.
bool names_an_object(const Label& label) {
    return label.name == "vm_id" || label.name == "host_id" || label.name == "network_id";
}

bool take_number(std::string_view& text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool taken = error == std::errc{} && number >= 1 && number <= most_shards;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return taken;
}

bool take_slash(std::string_view& text) {
    const bool taken = text.starts_with('/');
    text.remove_prefix(taken ? 1 : 0);
    return taken;
}

}  // namespace

bool Shard::holds(Labels labels) const {
    if (is_whole()) {
        return true;
    }
    const auto* const object = std::find_if(labels.begin(), labels.end(), names_an_object);
    return object == labels.end() ? index == 1 : hash_of(object->value) % count == index - 1;
}

inventory::Result<Shard> parse_shard(std::string_view text) {
    Shard shard;
    auto rest = text;
    const bool read =
        take_number(rest, shard.index) && take_slash(rest) && take_number(rest, shard.count) && rest.empty();
    if (!read || shard.index > shard.count) {
        return inventory::failure("must be I/N, shard I of N, such as 1/2 or 2/2 (at most " +
                                  std::to_string(most_shards) + " shards), not '" + std::string{text} + "'");
    }
    return shard;
}

std::string to_text(const Shard& shard) {
    return std::to_string(shard.index) + "/" + std::to_string(shard.count);
}

}  // namespace exporter
