#include "exporter/exposition/gzip.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include <zlib.h>

namespace exporter {
namespace {

constexpr std::string_view header{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff", 10};  // RFC 1952; fastest level
constexpr std::size_t piece = std::size_t{64} * 1024;

/// One raw deflate stream. zlib fails here only when memory is short or when it is misused.
class Deflater {
public:
    Deflater() {
        constexpr int raw_window_bits = -15;
        constexpr int memory_level = 9;
        if (deflateInit2(&stream_, 1, Z_DEFLATED, raw_window_bits, memory_level, Z_DEFAULT_STRATEGY) !=
            Z_OK) {
            throw std::runtime_error("zlib cannot start a stream");
        }
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    /// `flush` is how the text ends: Z_FULL_FLUSH on a byte border with more to come, Z_FINISH for good.
    void append(std::string_view text, int flush, std::string& out) {
        do {
            const auto taken = text.substr(0, std::numeric_limits<uInt>::max());
            text.remove_prefix(taken.size());
            // zlib's interface is not const-correct; deflate() only reads its input.
            stream_.next_in = const_cast<Bytef*>(  // NOLINT(cppcoreguidelines-pro-type-const-cast)
                reinterpret_cast<const Bytef*>(taken.data()));
            stream_.avail_in = static_cast<uInt>(taken.size());
            drain(text.empty() ? flush : Z_NO_FLUSH, out);
        } while (!text.empty());
    }

private:
    void drain(int flush, std::string& out) {
        do {
            stream_.next_out = buffer_.data();
            stream_.avail_out = static_cast<uInt>(buffer_.size());
            if (deflate(&stream_, flush) == Z_STREAM_ERROR) {
                throw std::logic_error("zlib refuses its own stream");
            }
            out.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
    }

    z_stream stream_{};
    std::array<Bytef, piece> buffer_{};
};

std::uint32_t checksum_of(std::string_view text) {
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

void append_little_endian(std::string& out, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out += static_cast<char>((number >> shift) & 0xFFU);
    }
}

}  // namespace

GzipPart gzip_part(std::string_view text) {
    GzipPart part{"", checksum_of(text), text.size()};
    if (!text.empty()) {
        Deflater().append(text, Z_FULL_FLUSH, part.bytes);
    }
    return part;
}

std::string gzip_member(const std::vector<const GzipPart*>& parts, std::string_view ending) {
    std::size_t size = 0;
    for (const auto* part : parts) {
        size += part->bytes.size();
    }
    std::string bytes;
    bytes.reserve(header.size() + size + ending.size() + 64);
    bytes += header;
    uLong checksum = 0;
    std::uint64_t length = ending.size();
    for (const auto* part : parts) {
        bytes += part->bytes;
        checksum = crc32_combine(checksum, part->checksum, static_cast<z_off_t>(part->length));
        length += part->length;
    }
    // A stream of its own never refers back, so its blocks may follow flushed ones.
    Deflater().append(ending, Z_FINISH, bytes);
    checksum = crc32_combine(checksum, checksum_of(ending), static_cast<z_off_t>(ending.size()));
    append_little_endian(bytes, static_cast<std::uint32_t>(checksum));
    append_little_endian(bytes, static_cast<std::uint32_t>(length));
    return bytes;
}

}  // namespace exporter
