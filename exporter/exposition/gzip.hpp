#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exporter {

/// The larger part of a gzip stream, compressed once and then completed with a different ending for each
/// scrape. The result is one ordinary gzip member (not two in a row, which some clients cut after the first).
struct GzipBeginning {
    std::string bytes;
    std::uint32_t checksum = 0;
    std::uint64_t length = 0;  ///< of the text, before compression
};

GzipBeginning gzip_begin(std::string_view text);
std::string gzip_complete(const GzipBeginning& beginning, std::string_view ending);

}  // namespace exporter
