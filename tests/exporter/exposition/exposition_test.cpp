#include "exporter/exposition/exposition.hpp"

#include <array>

#include <gtest/gtest.h>

namespace {

using exporter::Family;
using exporter::FamilyType;
using exporter::SampleWriter;

void write_two(const inventory::Snapshot&, SampleWriter& writer) {
    writer.flag({{"l", "1"}}, true);
    writer.flag({{"l", "2"}}, true);
}

void write_nothing(const inventory::Snapshot&, SampleWriter&) {}

constexpr Family two{"two", "Two.", FamilyType::gauge, write_two};
constexpr Family nothing{"nothing", "Nothing.", FamilyType::gauge, write_nothing};

TEST(Exposition, holds_the_families_in_order_and_leaves_out_those_without_samples) {
    const std::array families{&nothing, &two};
    const auto exposition = exporter::render(families, {});
    EXPECT_EQ(exposition.text, "# HELP two Two.\n# TYPE two gauge\ntwo{l=\"1\"} 1\ntwo{l=\"2\"} 1\n");
}

TEST(Exposition, counts_the_series_of_each_family) {
    const std::array families{&nothing, &two};
    const auto exposition = exporter::render(families, {});
    ASSERT_EQ(exposition.sizes.size(), 2U);
    EXPECT_EQ(exposition.sizes[0].family, &nothing);
    EXPECT_EQ(exposition.sizes[0].series, 0U);
    EXPECT_EQ(exposition.sizes[1].family, &two);
    EXPECT_EQ(exposition.sizes[1].series, 2U);
    EXPECT_EQ(exposition.series(), 2U);
}

}  // namespace
