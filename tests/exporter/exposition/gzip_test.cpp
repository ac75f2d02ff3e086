#include "exporter/exposition/gzip.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>
#include <zlib.h>

namespace {

/// What a client makes of one gzip member; empty when it is damaged or when anything follows it.
std::string unpack(const std::string& packed, std::size_t expected) {
    std::string text(expected + 1, '\0');
    std::string input = packed;
    z_stream stream{};
    constexpr int gzip_only = 15 + 16;
    EXPECT_EQ(inflateInit2(&stream, gzip_only), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const auto result = inflate(&stream, Z_FINISH);
    text.resize(stream.total_out);
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    return whole ? text : std::string{};
}

std::string round_trip(const std::string& beginning, const std::string& ending) {
    const auto part = exporter::gzip_part(beginning);
    return unpack(exporter::gzip_member({&part}, ending), beginning.size() + ending.size());
}

TEST(Gzip, is_one_member_of_beginning_and_ending) {
    EXPECT_EQ(round_trip("beginning\n", "ending\n"), "beginning\nending\n");
    EXPECT_EQ(round_trip("", "ending\n"), "ending\n");
    EXPECT_EQ(round_trip("beginning\n", ""), "beginning\n");
}

TEST(Gzip, takes_texts_larger_than_its_buffers) {
    std::mt19937 random(42);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same noise each time
    std::string noise(3'000'000, ' ');
    for (auto& c : noise) {
        c = static_cast<char>(random() & 0xFFU);
    }
    EXPECT_EQ(round_trip(noise, noise), noise + noise);
}

TEST(Gzip, puts_parts_together_in_any_choice) {
    const auto one = exporter::gzip_part("one\n");
    const auto none = exporter::gzip_part("");
    const auto two = exporter::gzip_part("two\n");
    EXPECT_EQ(unpack(exporter::gzip_member({&one, &none, &two}, "1\n"), 10), "one\ntwo\n1\n");
    EXPECT_EQ(unpack(exporter::gzip_member({&two}, "2\n"), 6), "two\n2\n");
    EXPECT_EQ(unpack(exporter::gzip_member({}, "3\n"), 2), "3\n");
}

}  // namespace
