#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exporter {

/// A piece of a gzip stream, compressed once and then put together with others for each scrape.
struct GzipPart {
    std::string bytes;
    std::uint32_t checksum = 0;
    std::uint64_t length = 0;  ///< of the text, before compression
};

GzipPart gzip_part(std::string_view text);

/// The parts in their order, then `ending`, as one ordinary gzip member (not several in a row, which some
/// clients cut after the first).
std::string gzip_member(const std::vector<const GzipPart*>& parts, std::string_view ending);

}  // namespace exporter
